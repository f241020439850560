import { describe, expect, it } from 'vitest';
import { createDetector } from '../src/index.js';
import { detect } from '../src/node/index.js';

const story =
  'The city council of Porto voted on Monday to close the Arrábida bridge for 18 months of repairs. Engineer Rui Tavares found cracks in 14 of its 40 cables last winter. Lorries will be sent over the Freixo crossing, mayor Ana Sequeira said.';
const documents = [
  { id: 'wire', text: story, published: '2025-06-01', title: 'Bridge' },
  { id: 'copy', text: story.toUpperCase(), published: '2025-06-02' },
  { id: 'edit', text: `${story} More was not known on Monday evening.` },
  {
    id: 'rewrite',
    text: 'Lorries must take the Freixo crossing, according to mayor Ana Sequeira. After cracks turned up in 14 of 40 cables, as engineer Rui Tavares had established, councillors of Porto decided that Arrábida would shut.',
  },
  { id: 'none', text: '' },
];

describe("level: 'document'", () => {
  it('finds copies and edits by their exact resemblance, with dates, and nothing else', async () => {
    const report = await (await createDetector({ level: 'document' })).detect(documents);
    expect(report.pairs.map(({ a, b, relation, original }) => [a, b, relation, original])).toEqual([
      ['copy', 'wire', 'duplicate', 'b'],
      ['copy', 'edit', expect.stringMatching(/near-duplicate|rewrite/), undefined],
      ['edit', 'wire', expect.stringMatching(/near-duplicate|rewrite/), undefined],
    ]);
    for (const { score, resemblance, containment, passages } of report.pairs) {
      expect(score).toBe(resemblance);
      expect(Math.min(containment.a, containment.b)).toBeGreaterThanOrEqual(resemblance);
      expect(passages).toEqual([]);
    }
    expect(report.clusters.map(({ members }) => members)).toEqual([['copy', 'edit', 'wire']]);
    expect(report.documents.map(({ id, words }) => [id, words])).toEqual([
      ['copy', story.split(' ').length],
      ['edit', documents[2]?.text.split(' ').length],
      ['none', 0],
      ['rewrite', expect.any(Number)],
      ['wire', story.split(' ').length],
    ]);
    expect(report.documents[4]).toMatchObject({ title: 'Bridge', published: '2025-06-01T00:00:00.000Z', sentences: 0 });
  });

  it('reports no pair below the threshold that was asked for', async () => {
    const strict = await (await createDetector({ level: 'document', copyThreshold: 0.95 })).detect(documents);
    expect(strict.pairs.map(({ relation }) => relation)).toEqual(['duplicate']);
  });

  it('gives the same bytes on threads and from a file', async () => {
    const expected = JSON.stringify(await (await createDetector({ level: 'document' })).detect(documents));
    for (const workers of [1, 2])
      expect(JSON.stringify(await detect(documents, { level: 'document', workers }))).toBe(expected);
  });

  it('is refused when it is no level', async () => {
    await expect(createDetector({ level: 'word' as 'document' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/level.*passage.*document/),
    });
  });
});
