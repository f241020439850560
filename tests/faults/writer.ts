/**
 * A process that changes an index at random until it is killed, and says on standard output what it is about to do (`?`) and what has
 * returned (`!`): `writer.ts <module with openIndex> <folder> <seed>`.
 */
import { writeSync } from 'node:fs';
import { type Change, IDS, textOf } from './story.js';

async function write(module: string, folder: string, seed: number): Promise<void> {
  const say = (line: string) => void writeSync(1, `${line}\n`);
  const { openIndex } = await import(module);
  const index = await openIndex(folder, { lexicon: false });
  say('open');
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let made = seed * 100_000; ; ) {
    const kind = below(20);
    const id = `${below(IDS)}`;
    let change: Change;
    if (kind === 0) change = { save: true };
    else if (index.has(id)) change = { remove: id };
    else if (kind < 4) {
      const ids = Array.from({ length: 5 }, () => `${below(IDS)}`).filter((other, n, all) => all.indexOf(other) === n);
      change = { add: ids.filter((other) => !index.has(other)).map((other) => [other, made++]) };
    } else change = { add: [[id, made++]] };
    say(`?${JSON.stringify(change)}`);
    if ('save' in change) index.save();
    else if ('remove' in change) index.remove(change.remove);
    else index.addMany(change.add.map(([own, number]) => ({ id: own, text: textOf(number) })));
    say('!');
  }
}

const [module, folder, seed] = process.argv.slice(2);
await write(module as string, folder as string, Number(seed)).catch((error: { code?: string }) => {
  writeSync(1, `refused ${error.code}\n`);
  if (error.code !== 'IN_USE') throw error;
});
