import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIndex } from '../../src/node/index.js';
import { textOf } from '../faults/story.js';
import { damaged, fuzz, TIMEOUT } from './fuzz.js';

/** Milliseconds in which a damaged store must be answered for. */
const PATIENCE = 20_000;

let home: string;
let files: [string, Uint8Array][];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'twicetold-store-'));
  const whole = join(home, 'whole');
  const index = await openIndex(whole, { lexicon: false });
  for (let n = 0; n < 30; n++) index.add({ id: `${n}`, text: textOf(n) });
  index.save();
  for (let n = 30; n < 60; n++) index.add({ id: `${n}`, text: textOf(n) });
  await index.close();
  files = readdirSync(whole).map((name) => [name, new Uint8Array(readFileSync(join(whole, name)))]);
  files.push(['writer', new TextEncoder().encode('1 1')]);
});
afterAll(() => rmSync(home, { recursive: true }));

/** A process that opens folders. It may die of one, so it is none of the test's own. */
class Opener {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  constructor() {
    this.#child = spawn(
      process.execPath,
      ['--import', 'tsx', 'tests/faults/opener.ts', join(process.cwd(), 'src/node/index.ts')],
      { stdio: 'pipe' },
    );
    this.#child.stderr.resume();
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  /** What came of opening a folder, or how the process ended. */
  ask(folder: string): Promise<string> {
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
      const ended = (code: number | null, signal: string | null) => answer(`died: ${code ?? signal}`);
      const answer = (line: string) => {
        clearTimeout(late);
        this.#child.off('close', ended);
        this.#lines.off('line', answer);
        resolve(line);
      };
      this.#child.once('close', ended);
      this.#lines.once('line', answer);
      this.#child.stdin.write(`${folder}\n`);
    });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

describe('the files of a durable index', () => {
  it(
    'are read, or refused with a reason, whatever has happened to one of them',
    async () => {
      let opener = new Opener();
      let cases = 0;
      const damage = fc
        .nat(files.length - 1)
        .chain((n) => damaged((files[n] as [string, Uint8Array])[1]).map((bytes) => [n, bytes] as const));
      try {
        await fuzz(
          fc.asyncProperty(damage, async ([n, bytes]) => {
            const folder = join(home, `${cases++}`);
            cpSync(join(home, 'whole'), folder, { recursive: true });
            writeFileSync(join(folder, (files[n] as [string, Uint8Array])[0]), bytes);
            const said = await opener.ask(folder);
            if (said.startsWith('died')) opener = new Opener();
            rmSync(folder, { recursive: true });
            expect(said, (files[n] as [string, Uint8Array])[0]).toMatch(/^(?:answered|refused [A-Z_]+)$/);
          }),
          30,
        );
      } finally {
        opener.end();
      }
    },
    TIMEOUT,
  );
});
