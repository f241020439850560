import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../src/node/index.js';
import { killWriters } from '../faults/kills.js';

const plain = { lexicon: false };
const source = join(process.cwd(), 'src/node/index.ts');
const tsx = ['--import', 'tsx'];

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'twicetold-faults-'));
});
afterAll(() => rmSync(home, { recursive: true }));

describe('an index whose writer is killed at any moment', () => {
  it('is what was acknowledged, and one of several writers takes it over', async () => {
    const outcome = await killWriters({
      folder: join(home, 'killed'),
      kills: 6,
      writers: 2,
      longest: 400,
      command: [...tsx, 'tests/faults/writer.ts', source],
      open: (folder) => openIndex(folder, plain),
      seed: 1,
    });
    expect(outcome.wrong).toEqual([]);
    expect(outcome.kills).toBe(6);
    expect(outcome.acknowledged).toBeGreaterThan(20);
  }, 120_000);
});
