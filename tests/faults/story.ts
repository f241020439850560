/** A change that is asked for: documents by id, each with the number that its text is made from. */
export type Change = { add: [id: string, made: number][] } | { remove: string } | { save: true };

/** Ids that documents have. */
export const IDS = 40;

/** A text of words that no other number gives. */
export function textOf(made: number): string {
  return `Story ${made}. ${Array.from({ length: 14 }, (_, k) => `w${made}x${k}`).join(' ')}.`;
}
