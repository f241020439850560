/** Benchmarks of the Spark driver, each on a cluster that it starts and stops: `npm run bench:spark -- cost 10k --data <folder>`. */
const benchmarks: Record<string, () => Promise<{ main(args: readonly string[]): Promise<void> }>> = {
  cost: () => import('./cost.js'),
  faults: () => import('./faults.js'),
  reckon: () => import('./reckon.js'),
};

const [name = '', ...rest] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
  console.error(`usage: npm run bench:spark -- ${Object.keys(benchmarks).join('|')} [options]`);
  process.exitCode = 2;
} else
  void load()
    .then(({ main }) => main(rest))
    .catch((error: Error) => {
      console.error(error.stack);
      process.exitCode = 1;
    });
