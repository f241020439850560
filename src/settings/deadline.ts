import { TwicetoldError } from '../errors.js';

/*
 * Work that does not wait cannot be ended from outside: no timer runs until it is done. So loops that an input can make long ask
 * here now and then whether their time is over. The deadline is that of the synchronous call under way, of which there is one at a
 * time; without one, asking costs a comparison.
 */
let deadline = Number.POSITIVE_INFINITY;
let allowed = 0;
let asked = 0;

/** Calls between two looks at the clock, which costs more than what most calls stand for. */
const CALLS = 64;

/** Runs `work` and ends it with `TIMEOUT` at a loop's next question after `timeoutMs`; undefined: never. */
export function withinTime<T>(timeoutMs: number | undefined, work: () => T): T {
  return timeoutMs === undefined ? work() : until(performance.now() + timeoutMs, timeoutMs, work);
}

/** The same for a part of a longer run, which ends at `end` on the clock of `performance.now`, `timeoutMs` after it began. */
export function until<T>(end: number, timeoutMs: number, work: () => T): T {
  const before = { deadline, allowed };
  // Within a call that has less time, that counts.
  if (end < deadline) {
    deadline = end;
    allowed = timeoutMs;
  }
  try {
    checkTime();
    return work();
  } finally {
    ({ deadline, allowed } = before);
  }
}

/** Throws where the time of the call under way is over; looks at the clock once in many calls. */
export function spend(): void {
  if (deadline === Number.POSITIVE_INFINITY || ++asked % CALLS !== 0) return;
  checkTime();
}

function checkTime(): void {
  if (performance.now() >= deadline) throw timedOut(allowed);
}

/** What is thrown when time is over. */
export function timedOut(timeoutMs: number): TwicetoldError {
  return new TwicetoldError(
    'TIMEOUT',
    `the work was ended because it took longer than timeoutMs, ${timeoutMs} ms; a higher timeoutMs, or shorter or fewer documents, let it end`,
  );
}
