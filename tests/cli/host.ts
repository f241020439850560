import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import type { Host } from '../../src/cli/host.js';
import { run } from '../../src/cli/program.js';

/** What a run of the command line came to. */
export interface Result {
  code: number | string | null | undefined;
  out: string;
  err: string;
}

class Kept extends Writable {
  text = '';
  constructor(readonly isTTY = false) {
    super();
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** Runs the command line in this process, with pipes for a terminal. */
export async function runHere(...args: string[]): Promise<Result> {
  return runFor(undefined, args);
}

/** The same, with a terminal for standard output. */
export async function runAtTerminal(...args: string[]): Promise<Result> {
  return runFor(undefined, args, true);
}

/** The same, and the user asks it to stop after a time in milliseconds. */
export async function runFor(
  milliseconds: number | undefined,
  args: readonly string[],
  terminal = false,
): Promise<Result> {
  const [stdout, stderr] = [new Kept(terminal), new Kept()];
  const signals = new EventEmitter();
  const host: Host = Object.assign(signals, { stdout, stderr, exitCode: undefined });
  const stop = milliseconds === undefined ? undefined : setInterval(() => signals.emit('SIGINT'), milliseconds);
  try {
    await run(args, host);
  } finally {
    clearInterval(stop);
  }
  return { code: host.exitCode ?? 0, out: stdout.text, err: stderr.text };
}
