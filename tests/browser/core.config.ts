import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { kernelForVite } from '../../src/kernel/compile.js';
import { pageForVite } from '../../src/report/bundle.js';
import { ARGS, executable } from './browser.js';

const standIn = (name: string) => fileURLToPath(new URL(`standins/${name}.ts`, import.meta.url));

/** The core's tests within a page of Chromium: `npx vitest run --config tests/browser/core.config.ts --root .` */
export default defineConfig({
  plugins: [kernelForVite, pageForVite],
  resolve: { alias: { 'node:fs': standIn('fs'), 'node:crypto': standIn('crypto') } },
  test: {
    include: [
      'tests/{text,sketch,candidates,align,cluster,relate}/*.test.ts',
      'tests/{compare,detect,seeds,disjointsets}.test.ts',
    ],
    // Another realm, which a page makes otherwise; and what is measured in time of the processor, which a page does not know.
    exclude: ['tests/sketch/columns.test.ts', 'tests/*/linear.test.ts'],
    setupFiles: [standIn('process')],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: await executable(), args: ARGS } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
