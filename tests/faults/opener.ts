/**
 * A process that opens the index in each folder that it is named on standard input, asks everything of it, and says what came of it on a
 * line: `opener.ts <module with openIndex>`.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { textOf } from './story.js';

const { openIndex } = await import(process.argv[2] as string);

async function exercise(folder: string, readOnly: boolean): Promise<void> {
  const index = await openIndex(folder, { lexicon: false, readOnly });
  try {
    index.query(textOf(1));
    index.report();
    if (readOnly) return;
    index.remove('1');
    index.add({ id: 'new', text: textOf(2) });
    index.save();
  } finally {
    await index.close();
  }
}

for await (const folder of createInterface({ input: process.stdin })) {
  let said = 'answered';
  for (const readOnly of [true, false])
    await exercise(folder, readOnly).catch(
      (error: { name?: string; code?: string; message?: string; stack?: string }) => {
        said =
          error.name === 'TwicetoldError'
            ? `refused ${error.code}`
            : `threw ${error.stack ?? error.message}`.replaceAll('\n', ' ');
      },
    );
  writeSync(1, `${said}\n`);
}
