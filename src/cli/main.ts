#!/usr/bin/env node
import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs';
import { EXIT } from './exit.js';
import { print } from './host.js';
import { fail, run } from './program.js';

// A reader of our output that has seen enough, such as head, ends us without an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.CLEAN);
  print(process.stderr, `twicetold: standard output cannot be written: ${error.message}`);
  process.exit(EXIT.INPUT);
});
// Messages that nobody reads any more, or that a full disk does not take, change nothing of the run, and nothing of its exit code: to say so is no
// use, and an error here would be told in the same place.
process.stderr.on('error', () => {});

/**
 * Lets go of a FIFO that a run was given up on. A thread that opens one that nobody writes to, or reads one whose writer is silent, cannot
 * be called off, and the end of the process, even by `process.exit`, waits for it: so it is given a writer and a byte. Where nobody reads,
 * opening fails at once.
 */
function letGo(path: string): void {
  try {
    if (!statSync(path).isFIFO()) return;
    const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      writeSync(pipe, '\n');
    } finally {
      closeSync(pipe);
    }
  } catch {
    // No path, no reader, or no room: nothing waits there.
  }
}

/** Ends the process when all that was said is written, whatever a run that was given up still waits for. */
async function end(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  for (const path of process.argv.slice(2)) letGo(path);
  process.exit();
}

// Of rejections that nobody waits for, too.
process.on('uncaughtException', (error) => {
  fail(error, process);
  void end();
});
await run(process.argv.slice(2), process);
await end();
