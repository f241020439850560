/** Started by run.ts, a room at a time. @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`src/${process.env.MUTATED_ROOM}/**/*.ts`],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './tests/mutation/sample.mjs'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  checkers: ['sample'],
  sample: { every: Number(process.env.MUTANTS_EVERY), seed: Number(process.env.MUTANTS_SEED) },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Those of tables and expressions that are made once, on import, need all tests each and are left out.
  ignoreStatic: true,
  dryRunTimeoutMinutes: 60,
  timeoutMS: 60_000,
  timeoutFactor: 2,
  disableTypeChecks: false,
  ignorePatterns: ['benchmarks', 'docs', 'dist', 'coverage', '.ci', '.github', 'tests/browser', 'tests/spark'],
  tempDirName: '.stryker-tmp',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: '.stryker-tmp/report.json' },
  warnings: { unknownOptions: false },
};
