import type { ReadDocument } from './detect.js';
import type { Settings } from './options.js';
import { comparable } from './relate/document.js';
import { relate } from './relate/relation.js';
import { BoilerplateFinder } from './text/boilerplate.js';
import type { Comparison } from './types.js';

/** Compares two documents by themselves: what both carry in unlike surroundings is set aside, the rest is aligned and judged. */
export function compareDocuments(
  a: ReadDocument,
  b: ReadDocument,
  { shingleSize, seed, rewriteThreshold }: Settings,
): Comparison {
  const finder = new BoilerplateFinder();
  finder.add(a.text);
  finder.add(b.text);
  const [left, right] = [a, b].map((doc) => comparable(doc, finder.find(doc.text), shingleSize, seed)) as [
    ReturnType<typeof comparable>,
    ReturnType<typeof comparable>,
  ];
  return relate(left, right, rewriteThreshold);
}
