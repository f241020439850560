import { expect, it } from 'vitest';
import { orderGain } from '../../src/align/order.js';

const CONTENT = 0;
const sequence = (terms: number[]) => ({
  terms: Uint32Array.from(terms),
  flags: new Uint8Array(terms.length).fill(CONTENT),
});
const range = (n: number) => Array.from({ length: n }, (_, k) => k);
const block = (a: number[], b: number[]) => ({ fromA: 0, toA: a.length, fromB: 0, toB: b.length, score: 0 });

it('rewards words in the order of their counterpart, the more of them the more', () => {
  const gain = (n: number) => orderGain(sequence(range(n)), sequence(range(n)), block(range(n), range(n)));
  expect(gain(40)).toBeGreaterThan(gain(20));
  expect(gain(20)).toBeGreaterThan(0);
});

it('takes nothing away where the order was given up', () => {
  const there = range(60);
  const back = [...there].reverse();
  expect(orderGain(sequence(there), sequence(back), block(there, back))).toBe(0);
});

it('gives nothing for one word over and over, which is close to itself everywhere', () => {
  const same = new Array<number>(40).fill(7);
  expect(orderGain(sequence(same), sequence(same), block(same, same))).toBe(0);
});
