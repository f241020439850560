/** The published package, as a user gets it. */
export type Library = typeof import('../../src/index.js');

/** What is measured: `prepare` makes an input of size `n`, and what it returns is timed. */
export interface Case {
  /** The public function, and the axis along which its input grows. */
  readonly of: string;
  readonly along: string;
  /** What `n` counts. */
  readonly unit: 'characters' | 'documents' | 'signatures' | 'pairs' | 'levels' | 'bytes';
  readonly from: number;
  readonly to: number;
  /** Exponent of time that is allowed, and why it may be more than 1.15. */
  readonly bound?: { exponent: number; why: string };
  prepare(n: number, library: Library): Promise<() => unknown> | (() => unknown);
}
