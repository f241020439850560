import { defineConfig } from 'vitest/config';
import { kernelForVite } from './src/kernel/compile.js';
import { pageForVite } from './src/report/bundle.js';

export default defineConfig({
  plugins: [kernelForVite, pageForVite],
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { shuffle: false, seed: 1 },
    // Limits of time in tests are relative to other work of the same test, so that two may share two cores. What *.test-d.ts says of types is
    // checked by `npm run typecheck`, with all other files.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Its process is a child of the tests, so v8 cannot see it.
      // The kernel runs as WebAssembly, and its compiler runs before the tests.
      exclude: [
        '**/*.d.ts',
        'src/cli/main.ts',
        'src/**/*.generated.*',
        'src/kernel/assembly/**',
        'src/kernel/compile.ts',
        'src/report/bundle.ts',
        // What the page shows is tested in a browser, from the bundle.
        'src/report/app/**/*.tsx',
        'src/report/app/main.ts',
      ],
      reporter: ['text-summary', 'lcov'],
      thresholds: { lines: 90 },
    },
  },
});
