import { describe, expect, it, vi } from 'vitest';
import { expanded } from '../../src/cli/documents.js';

// More than a call takes arguments; so many files would take the test longer to make than all else.
const MANY = 300_000;
vi.mock('tinyglobby', () => ({ glob: async () => Array.from({ length: MANY }, (_, n) => `many/${MANY - n}.txt`) }));

describe('a pattern', () => {
  it('stands for any number of files, in order', async () => {
    const files = await expanded(['first.txt', 'nowhere/*.txt']);
    expect(files).toHaveLength(MANY + 1);
    expect(files.slice(0, 3)).toEqual(['first.txt', 'many/1.txt', 'many/10.txt']);
  });
});
