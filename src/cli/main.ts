#!/usr/bin/env node
import { EXIT } from './exit.js';
import { run } from './program.js';

// A reader of our output that has seen enough, such as head, ends us without an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.CLEAN);
  throw error;
});
// Messages that nobody reads any more change nothing of the run, and nothing of its exit code.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await run(process.argv.slice(2), process);
