import { expect, it } from 'vitest';
import type { IndexChange, IndexStore } from '../src/reuse/indexstore.js';

const add = (id: string, text = 'Some text.'): IndexChange => ({ add: { id, text } });
const list = (store: IndexStore, after = 0) => [...store.changes(after)];

/**
 * What every store must do.
 *
 * @param open a store of its own in an empty place; @param reopen what finds what the last one left, as another process would
 */
export function storeSuite(open: () => Promise<IndexStore>, reopen: (store: IndexStore) => Promise<IndexStore>): void {
  it('begins empty', async () => {
    const store = await open();
    expect([store.last, store.saved(), list(store)]).toEqual([0, undefined, []]);
    await store.close();
  });

  it('numbers changes from 1, and gives them back in order, here and later', async () => {
    const store = await open();
    const odd = {
      add: { id: '__proto__', text: 'Lone \ud800 surrogates, \0, “quotes”, 😀.', title: 'T', published: '2025-06-02' },
    };
    store.append([add('a'), odd]);
    store.append([{ remove: 'a' }]);
    const expected = [
      [1, add('a')],
      [2, odd],
      [3, { remove: 'a' }],
    ];
    expect(list(store)).toEqual(expected);
    expect(list(store, 2)).toEqual(expected.slice(2));
    expect(list(store, 3)).toEqual([]);
    expect(store.last).toBe(3);
    const again = await reopen(store);
    expect(list(again)).toEqual(expected);
    again.append([add('b')]);
    expect(again.last).toBe(4);
    await again.close();
  });

  it('keeps the latest snapshot, and the changes after it', async () => {
    const store = await open();
    store.append([add('a'), add('b')]);
    store.save({ after: 2, buffer: Uint8Array.of(1, 2, 3).buffer });
    store.append([add('c')]);
    expect(list(store, 2)).toEqual([[3, add('c')]]);
    const again = await reopen(store);
    expect(again.saved()?.after).toBe(2);
    expect([...new Uint8Array(again.saved()?.buffer as ArrayBuffer)]).toEqual([1, 2, 3]);
    expect(list(again, 2)).toEqual([[3, add('c')]]);
    again.save({ after: 3, buffer: Uint8Array.of(4).buffer });
    expect(again.last).toBe(3);
    expect(list(again, 3)).toEqual([]);
    again.append([add('d')]);
    expect(list(again, 3)).toEqual([[4, add('d')]]);
    const third = await reopen(again);
    expect(third.saved()?.after).toBe(3);
    expect(third.last).toBe(4);
    await third.close();
  });

  it('does not change when the caller changes a document after adding it', async () => {
    const store = await open();
    const doc = { id: 'a', text: 'One.' };
    store.append([{ add: doc }]);
    doc.text = 'Two.';
    expect(list(store)).toEqual([[1, add('a', 'One.')]]);
    await store.close();
  });
}
