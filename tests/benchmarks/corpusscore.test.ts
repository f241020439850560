import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Truth } from '../../benchmarks/corpus.js';
import { scoreCorpus } from '../../benchmarks/speed/corpusscore.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpusscore-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const documents: Truth[] = [
  { id: 'a', story: '0/article/1', kind: 'article' },
  { id: 'b', story: '0/article/2', kind: 'article' },
  { id: 'a-typed', story: '0/article/1', kind: 'typed', of: 'a' },
  { id: 'mix', story: '1/article/1', kind: 'recombined' },
  { id: 's0', story: '0/story/7', kind: 'source' },
  { id: 'r0', story: '0/story/7', kind: 'rewrite', of: 's0' },
  { id: 's1', story: '1/story/7', kind: 'source' },
  { id: 'r1', story: '1/story/7', kind: 'rewrite', of: 's1' },
  { id: 'i0', story: '0/story/7/independent/0', kind: 'independent' },
  { id: 'other', story: '1/story/8', kind: 'source' },
];

function score(...pairs: string[]) {
  const path = join(folder, 'pairs.txt');
  writeFileSync(path, pairs.join('\n'));
  return scoreCorpus(path, new Map(documents.map((doc) => [doc.id, doc])));
}

describe('scoreCorpus', () => {
  it('counts what was planted and found, by kind', () => {
    const { recall, right, wrong, precision } = score('a a-typed rewrite 0.9', 's0 r0 rewrite 0.8');
    expect(recall).toEqual({
      typed: { planted: 1, found: 1, share: 1 },
      rewrite: { planted: 1, found: 1, share: 1 },
      'rewrite, renamed': { planted: 1, found: 0, share: 0 },
    });
    expect([right, wrong, precision]).toEqual([2, 0, 1]);
  });

  it('calls pairs of two stories wrong, a source and an independent report of its event too', () => {
    const { wrong, wrongKinds } = score('s0 other rewrite 0.5', 's0 i0 rewrite 0.5', 'a mix rewrite 0.5');
    expect(wrong).toBe(3);
    expect(wrongKinds).toEqual({ 'source and source': 1, 'independent and source': 1, 'article and recombined': 1 });
  });

  it('does not judge two real articles, excerpts of recombined ones, or one story under two sets of names', () => {
    const { right, wrong, unjudged, excerpts, renamed } = score(
      'a b rewrite 0.5',
      'b mix excerpt 0.5',
      's0 s1 rewrite 0.5',
      'r0 s1 rewrite 0.5',
    );
    expect({ right, wrong, unjudged, excerpts, renamed }).toEqual({
      right: 0,
      wrong: 0,
      unjudged: 1,
      excerpts: 1,
      renamed: 2,
    });
  });
});
