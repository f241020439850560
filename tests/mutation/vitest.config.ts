import { defineConfig } from 'vitest/config';
import { kernelForVite } from '../../src/kernel/compile.js';
import { pageForVite } from '../../src/report/bundle.js';
import { ROOMS } from './rooms.js';

export default defineConfig({
  plugins: [kernelForVite, pageForVite],
  test: {
    include: [...(ROOMS[process.env.MUTATED_ROOM ?? ''] ?? Object.values(ROOMS).flat())],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
