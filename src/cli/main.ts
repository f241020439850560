#!/usr/bin/env node
import { EXIT } from './exit.js';
import { run } from './program.js';

// A reader of our output that has seen enough, such as head, ends us without an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.CLEAN);
  throw error;
});

await run(process.argv.slice(2), process);
