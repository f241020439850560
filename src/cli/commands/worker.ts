import { plan, type STEPS, work } from '../../spark/worker.js';
import { type DetectorFlags, detectorOptions } from '../flags.js';
import type { Host } from '../host.js';

/** Flags of `twicetold worker`. */
export interface WorkerFlags extends DetectorFlags {
  documents?: number;
  strict?: boolean;
}

/** Does one step of a run for an engine that shares the work out, or prints what such an engine must know. */
export async function worker(step: keyof typeof STEPS | 'plan', flags: WorkerFlags, host: Host): Promise<void> {
  const detector = detectorOptions(flags);
  if (step === 'plan') {
    host.stdout.write(`${JSON.stringify(plan(detector))}\n`);
    return;
  }
  const { documents = 0, strict = false } = flags;
  try {
    await work(step, { detector, documents, strict }, process.stdin, host.stdout);
  } finally {
    // A row that ended the worker leaves input behind, which must not keep the process.
    process.stdin.destroy();
  }
}
