/**
 * Quality evaluations: `npm run eval -- <name> <data> [options]`. Each prints a table and takes `--json <file>`.
 */
export const evaluations: Record<string, () => Promise<{ main(args: readonly string[]): Promise<void> }>> = {
  calibration: () => import('./quality/calibration.js'),
  candidates: () => import('./quality/candidates.js'),
  documents: () => import('./quality/documents.js'),
  msrp: async () => (await import('./quality/sentencepairs.js')).msrp,
  pan: () => import('./quality/pan.js'),
  paws: async () => (await import('./quality/sentencepairs.js')).paws,
  rewrites: () => import('./quality/rewritten.js'),
};

const [name, ...args] = process.argv.slice(2);
const load = evaluations[name ?? ''];
if (load === undefined) {
  console.error(`usage: npm run eval -- <${Object.keys(evaluations).join('|')}> <data folder> [options]`);
  process.exitCode = 2;
} else {
  await (await load()).main(args).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
