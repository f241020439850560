/** Tests by which a room's mutants are judged: its own, without those that only measure time or errors of estimates. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  text: ['tests/text/!(linear).test.ts'],
  sketch: ['tests/sketch/!(attack|estimate|estimator).test.ts', 'tests/kernel/compare.test.ts'],
  candidates: ['tests/candidates/*.test.ts'],
  align: ['tests/align/!(linear).test.ts', 'tests/relate/*.test.ts'],
  cluster: ['tests/cluster/*.test.ts', 'tests/disjointsets.test.ts'],
};

/** A position as Stryker reports it: lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A source with what stands from one place to another replaced. */
export function replaced(source: string, { start, end }: { start: Place; end: Place }, replacement: string): string {
  const lines = source.split('\n');
  const offset = ({ line, column }: Place) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
  return source.slice(0, offset(start)) + replacement + source.slice(offset(end));
}

/** What became of the mutants of a room. */
export interface Tally {
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  /** Of those killed or timed out, how many Stryker had called survivors. */
  readonly again: number;
  /** Share that was found out, in percent. */
  readonly score: number;
}

/** Counts statuses; a mutant that cannot run at all is in no score, as in Stryker's. */
export function tallied(statuses: readonly string[], again: number): Tally {
  const count = (...of: string[]) => statuses.filter((status) => of.includes(status)).length;
  const killed = count('Killed');
  const timedOut = count('Timeout');
  const survived = count('Survived', 'NoCoverage');
  const mutants = killed + timedOut + survived;
  return {
    mutants,
    killed,
    timedOut,
    survived,
    again,
    score: Number(((100 * (killed + timedOut)) / mutants).toFixed(1)),
  };
}
