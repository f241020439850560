import { keepRecordings } from './speed/report.js';

/**
 * Speed benchmarks: `npm run bench` runs all, `npm run bench -- sign` one. Each prints a table and writes
 * JSON and SVG charts to `benchmarks/results/`. Options: `--corpus <folder of .txt>` for real text instead of made-up,
 * `--quick` for a short form, whose results go to `results/quick/`.
 */
export const benchmarks: Record<string, () => Promise<{ main(args: readonly string[]): Promise<void> }>> = {
  sign: () => import('./speed/sign.js'),
  roofline: () => import('./speed/roofline.js'),
  estimator: () => import('./speed/estimator.js'),
  lsh: () => import('./speed/lsh.js'),
  threads: () => import('./speed/threads.js'),
  compare: () => import('./speed/compare.js'),
  corpus: () => import('./speed/corpus-bench.js'),
  index: () => import('./speed/index-bench.js'),
  copies: () => import('./speed/copies-bench.js'),
  ratios: () => import('./speed/ratios.js'),
  differential: () => import('./trust/differential.js'),
  kills: () => import('./trust/kills.js'),
  soak: () => import('./trust/soak.js'),
  complexity: () => import('./trust/complexity.js'),
};

const [first, ...rest] = process.argv.slice(2);
if (process.argv.includes('--quick')) keepRecordings();
const named = first !== undefined && !first.startsWith('--');
const names = named ? [first] : ['sign', 'roofline', 'estimator', 'compare', 'lsh', 'threads'];
if (names.some((name) => benchmarks[name] === undefined)) {
  console.error(`usage: npm run bench -- [${Object.keys(benchmarks).join('|')}] [options]`);
  process.exitCode = 2;
} else {
  for (const name of names) {
    const { main } = await (benchmarks[name] as (typeof benchmarks)[string])();
    await main(named ? rest : process.argv.slice(2)).catch((error: Error) => {
      console.error(error.stack);
      process.exitCode = 1;
    });
  }
}
