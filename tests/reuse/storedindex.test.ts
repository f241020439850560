import { describe, expect, it } from 'vitest';
import { createDetector } from '../../src/index.js';
import { type IndexChange, MemoryIndexStore } from '../../src/reuse/indexstore.js';
import { StoredIndex } from '../../src/reuse/storedindex.js';
import { storeSuite } from '../indexstore.js';

const detector = await createDetector({ lexicon: false });
const story =
  'The council voted on Monday to close the old bridge. Repairs will take until the spring, engineers said.';

describe('a store in memory', () => {
  storeSuite(
    async () => new MemoryIndexStore(),
    async (store) => store,
  );
});

describe('StoredIndex', () => {
  it('is after opening what it was before, with a snapshot and without', () => {
    const store = new MemoryIndexStore();
    const index = new StoredIndex(detector, store, true);
    index.addMany([
      { id: 'a', text: story, published: new Date(0) },
      { id: 'b', text: 'Rain is expected in the north by the weekend.' },
    ]);
    index.add({ id: 'c', text: `${story} More was not known.` });
    index.remove('b');
    const same = () => {
      const again = new StoredIndex(detector, store, true);
      expect([again.size, again.has('a'), again.has('b')]).toEqual([2, true, false]);
      expect(again.query(story)).toEqual(index.query(story));
      expect(again.report()).toEqual(index.report());
      expect(new Uint8Array(again.toBuffer())).toEqual(new Uint8Array(index.toBuffer()));
    };
    same();
    index.save();
    expect([...store.changes(0)]).toEqual([]);
    same();
    index.add({ id: 'd', text: story });
    same2();
    function same2() {
      expect(new StoredIndex(detector, store, true).query(story).map(({ b }) => b)).toEqual(
        index.query(story).map(({ b }) => b),
      );
    }
  });

  it('stores what it took of an object, whatever else that has or does', () => {
    class Article {
      readonly #id: string;
      asked = 0;
      big = 1n;
      constructor(id: string) {
        this.#id = id;
      }
      get id(): string {
        return this.#id;
      }
      get text(): string {
        return `${story} Told ${++this.asked} times.`;
      }
      toJSON(): string {
        return 'an article';
      }
    }
    const store = new MemoryIndexStore();
    const index = new StoredIndex(detector, store, true);
    index.add(new Article('a'));
    const kept = new StoredIndex(detector, store, true);
    expect(kept.has('a')).toBe(true);
    expect(kept.report()).toEqual(index.report());
    expect([...store.changes(0)]).toEqual([[1, { add: { id: 'a', text: `${story} Told 1 times.` } }]]);
  });

  it('has what was added whatever the limits are by now, but for how many documents there may be', async () => {
    const store = new MemoryIndexStore();
    const index = new StoredIndex(detector, store, true);
    index.add({ id: 'long', text: story.repeat(2000) });
    index.add({ id: 'b', text: story });
    const strict = await createDetector({ lexicon: false, maxDocumentBytes: 1000, timeoutMs: 1, permutations: 64 });
    expect(new StoredIndex(strict, store, true).size).toBe(2);
    index.save();
    expect(new StoredIndex(strict, store, true).size).toBe(2);
    const small = await createDetector({ lexicon: false, maxDocuments: 1 });
    expect(() => new StoredIndex(small, store, true)).toThrow(expect.objectContaining({ code: 'TOO_MANY' }));
  });

  it('replaces a document at once, or not at all', async () => {
    const store = new MemoryIndexStore();
    const bounded = await createDetector({ lexicon: false, maxDocumentBytes: 1000, maxDocuments: 2 });
    const index = new StoredIndex(bounded, store, true);
    const rain = 'Rain is expected in the north by the weekend.';
    expect(index.replace({ id: 'a', text: story })).toBe(false);
    expect(index.replace({ id: 'b', text: rain })).toBe(false);
    expect(index.replace({ id: 'a', text: `${story} It opened in 1931.` })).toBe(true);
    expect([...store.changes(2)].map(([, change]) => Object.keys(change)[0])).toEqual(['remove', 'add']);
    const whole = () => [index.size, index.query(story), index.query(rain), store.last];
    const before = whole();
    for (const [doc, code] of [
      [{ id: 'a', text: story.repeat(20) }, 'TOO_LARGE'],
      [{ id: 'a', text: 7 }, 'INVALID_ARGUMENT'],
      [{ id: 'c', text: story }, 'TOO_MANY'],
    ] as const)
      expect(() => index.replace(doc as never)).toThrow(expect.objectContaining({ code }));
    store.append = () => {
      throw new Error('the disk is full');
    };
    expect(() => index.replace({ id: 'a', text: rain })).toThrow('the disk is full');
    expect(whole()).toEqual(before);
    const again = new StoredIndex(bounded, store, true);
    expect([again.size, again.query(story)]).toEqual([2, index.query(story)]);
    expect(again.query(story)[0]?.b).toBe('a');
  });

  it('says of a damaged snapshot that the index is damaged, and where', () => {
    const store = new MemoryIndexStore();
    const index = new StoredIndex(detector, store, true);
    index.add({ id: 'a', text: story });
    index.save();
    const saved = store.saved() as { after: number; buffer: ArrayBuffer };
    new Uint8Array(saved.buffer)[40] = 1 + (new Uint8Array(saved.buffer)[40] as number);
    expect(() => new StoredIndex(detector, store, true)).toThrow(
      expect.objectContaining({ code: 'UNREADABLE', message: expect.stringContaining('snapshot') }),
    );
  });

  it.each([[{ id: 'a', text: story }], [null], [undefined], [7]])(
    'refuses %o where documents are to be added',
    (what) => {
      const index = new StoredIndex(detector, new MemoryIndexStore(), true);
      expect(() => index.addMany(what as never)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    },
  );

  it('adds all documents or none', () => {
    const index = new StoredIndex(detector, new MemoryIndexStore(), true);
    const twice = [
      { id: 'a', text: story },
      { id: 'a', text: story },
    ];
    expect(() => index.addMany(twice)).toThrow(expect.objectContaining({ code: 'DUPLICATE_ID' }));
    expect(index.size).toBe(0);
    index.add({ id: 'a', text: story });
    expect(index.size).toBe(1);
  });

  it('is unchanged when the store cannot write', () => {
    class FullStore extends MemoryIndexStore {
      full = false;
      override append(changes: readonly IndexChange[]): void {
        if (this.full) throw new Error('no space left');
        super.append(changes);
      }
    }
    const store = new FullStore();
    const index = new StoredIndex(detector, store, true);
    index.add({ id: 'a', text: story });
    store.full = true;
    expect(() => index.add({ id: 'b', text: story })).toThrow('no space left');
    expect(() => index.remove('a')).toThrow('no space left');
    expect([index.has('a'), index.has('b'), index.size]).toEqual([true, false, 1]);
    expect(index.query(story).map(({ b }) => b)).toEqual(['a']);
    store.full = false;
    index.add({ id: 'b', text: story });
    expect(new StoredIndex(detector, store, true).size).toBe(2);
  });

  it('shows a reader what the writer did when it is refreshed, before a snapshot and after', () => {
    const store = new MemoryIndexStore();
    const writer = new StoredIndex(detector, store, true);
    const reader = new StoredIndex(detector, store, false);
    writer.add({ id: 'a', text: story });
    expect([reader.size, reader.refresh(), reader.size, reader.refresh()]).toEqual([0, 1, 1, 0]);
    writer.add({ id: 'b', text: story });
    writer.remove('a');
    writer.save();
    writer.add({ id: 'c', text: story });
    expect([reader.refresh(), reader.has('a'), reader.has('b'), reader.has('c')]).toEqual([3, false, true, true]);
    for (const change of [() => reader.add({ id: 'z', text: '' }), () => reader.remove('b'), () => reader.save()])
      expect(change).toThrow(expect.objectContaining({ code: 'UNWRITABLE' }));
  });

  it('takes from a snapshot what a writer saved while it was refreshed, and misses none of it', () => {
    class BusyStore extends MemoryIndexStore {
      meanwhile: (() => void) | undefined;
      override *changes(after: number) {
        const write = this.meanwhile;
        this.meanwhile = undefined;
        write?.();
        yield* super.changes(after);
      }
    }
    const store = new BusyStore();
    const writer = new StoredIndex(detector, store, true);
    const reader = new StoredIndex(detector, store, false);
    writer.add({ id: 'a', text: story });
    store.meanwhile = () => {
      writer.add({ id: 'b', text: story });
      writer.save();
      writer.add({ id: 'c', text: story });
    };
    expect(reader.refresh()).toBe(3);
    expect(['a', 'b', 'c'].map((id) => reader.has(id))).toEqual([true, true, true]);
  });

  it('refuses a store that has lost a change', () => {
    class LossyStore extends MemoryIndexStore {
      override *changes(after: number) {
        for (const change of super.changes(after)) if (change[0] !== 2) yield change;
      }
    }
    const store = new LossyStore();
    const index = new StoredIndex(detector, store, true);
    for (const id of ['a', 'b', 'c']) index.add({ id, text: story });
    expect(() => new StoredIndex(detector, store, true)).toThrow(
      expect.objectContaining({ code: 'UNREADABLE', message: expect.stringContaining('change 2') }),
    );
  });

  it('takes no changes once it is closed', async () => {
    const index = new StoredIndex(detector, new MemoryIndexStore(), true);
    await index.close();
    await index.close();
    expect(() => index.add({ id: 'a', text: story })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('writes a snapshot when it is closed after a thousand changes', async () => {
    const store = new MemoryIndexStore();
    const index = new StoredIndex(detector, store, true);
    index.addMany(Array.from({ length: 1000 }, (_, n) => ({ id: `${n}`, text: `Text ${n}.` })));
    await index.close();
    expect(store.saved()?.after).toBe(1000);
  });
});
