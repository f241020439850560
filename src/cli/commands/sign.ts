import { MinHasher, SIGNATURE_FORMAT } from '../../sketch/minhash.js';
import { documentsOf } from '../documents.js';
import type { DetectorFlags, ReadFlags } from '../flags.js';
import type { Host } from '../host.js';
import { jsonLine } from '../terminal.js';

/** Flags of `twicetold sign`. */
export type SignFlags = ReadFlags & Pick<DetectorFlags, 'permutations' | 'shingleSize' | 'seed'>;

/** Prints the signature of each document as a line of JSON, for other tools. */
export async function sign(paths: string[], flags: SignFlags, host: Host): Promise<void> {
  const { permutations, shingleSize, seed } = flags;
  const given = Object.entries({ permutations, shingleSize, seed }).filter(([, value]) => value !== undefined);
  const hasher = new MinHasher(Object.fromEntries(given));
  for await (const { id, text } of documentsOf(paths, flags, host)) {
    const line = jsonLine({ id, format: SIGNATURE_FORMAT, signature: [...hasher.sign(text)] });
    if (!host.stdout.write(line)) await new Promise<void>((resolve) => host.stdout.once('drain', () => resolve()));
  }
}
