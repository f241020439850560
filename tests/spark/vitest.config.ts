import { defineConfig } from 'vitest/config';
import { kernelForVite } from '../../src/kernel/compile.js';
import { pageForVite } from '../../src/report/bundle.js';

/** The tests that need a cluster: `npm run test:spark`. */
export default defineConfig({
  plugins: [kernelForVite, pageForVite],
  test: {
    include: ['tests/spark/**/*.spark.ts'],
    environment: 'node',
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
