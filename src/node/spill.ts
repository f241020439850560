import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Lexicons } from '../corpus/analyser.js';
import type { DocumentStore } from '../corpus/jobs.js';
import { TwicetoldError } from '../errors.js';
import type { ComparableDocument } from '../relate/document.js';

/** Places in one file are below this; the number of the file counts above it. */
const FILE = 2 ** 44;
/** Read at once: most documents in one go. */
const GULP = 1 << 15;
/** Written at once. */
const BUFFER = 1 << 20;

/**
 * Files for what a run keeps of its documents, one for each thread. They are removed when they are opened, where the
 * system allows it, so that they are gone on every exit, and else when the run ends.
 */
export class SpillFiles {
  readonly descriptors: number[] = [];
  #folder: string | undefined;
  readonly #onExit = () => this.#remove();

  constructor(count: number) {
    try {
      this.#folder = mkdtempSync(join(tmpdir(), 'twicetold-detect-'));
      for (let n = 0; n < count; n++) this.descriptors.push(openSync(join(this.#folder, `${n}`), 'w+'));
    } catch (cause) {
      this.close();
      throw new TwicetoldError(
        'UNWRITABLE',
        `a temporary file in ${tmpdir()} cannot be written: ${(cause as Error).message}`,
        { cause },
      );
    }
    if (process.platform !== 'win32') this.#remove();
    else process.once('exit', this.#onExit);
  }

  /** Closes and removes the files. */
  close(): void {
    for (const descriptor of this.descriptors.splice(0)) closeSync(descriptor);
    this.#remove();
    process.off('exit', this.#onExit);
  }

  #remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }
}

const EMPTY = new Uint32Array(0);
const NO_WORDS = { count: 0, starts: EMPTY, ends: EMPTY, hashes: EMPTY, marks: new Uint8Array(0) };

/**
 * Keeps documents in a file; those of other threads are in theirs. What comparing does not look at (the columns of words, of
 * which the terms were made, and the lines) is left out. A record is its length in 4 bytes and the document.
 */
export class SpillStore implements DocumentStore {
  readonly #descriptors: readonly number[];
  readonly #own: number;
  readonly #lexicons: Lexicons;
  readonly #buffer = Buffer.allocUnsafe(BUFFER);
  #buffered = 0;
  #written = 0;
  readonly #gulp = Buffer.allocUnsafe(GULP);

  /** @param descriptors of all threads' files; @param own which of them this one writes; @param lexicons those that documents were read with */
  constructor(descriptors: readonly number[], own: number, lexicons: Lexicons) {
    this.#descriptors = descriptors;
    this.#own = own;
    this.#lexicons = lexicons;
  }

  put({ source, content, shingles, shingleSet, known }: ComparableDocument): number {
    const { text, words: _, lines: __, ...columns } = content;
    const record = serialize({
      text,
      source: { ...source, text: '' },
      columns,
      shingles,
      shingleSet,
      ...(known && { language: known.lexicon.language, rows: known.rows }),
    });
    const place = this.#own * FILE + this.#written + this.#buffered;
    if (this.#buffered + 4 + record.length > BUFFER) this.flush();
    if (4 + record.length > BUFFER) {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(record.length);
      this.#write(length);
      this.#write(record);
    } else {
      this.#buffer.writeUInt32LE(record.length, this.#buffered);
      record.copy(this.#buffer, this.#buffered + 4);
      this.#buffered += 4 + record.length;
    }
    return place;
  }

  /** Writes what is buffered, so that other threads can read it. */
  flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  get(place: number): ComparableDocument {
    const descriptor = this.#descriptors[Math.floor(place / FILE)] as number;
    const at = place % FILE;
    if (at >= this.#written && Math.floor(place / FILE) === this.#own) this.flush();
    const got = readSync(descriptor, this.#gulp, 0, GULP, at);
    const length = this.#gulp.readUInt32LE(0);
    // Its own memory: the columns that come out of it are views of it.
    const record = Buffer.allocUnsafeSlow(length);
    if (4 + length <= got) this.#gulp.copy(record, 0, 4, 4 + length);
    else {
      for (let done = 0; done < length; ) {
        const more = readSync(descriptor, record, done, length - done, at + 4 + done);
        if (more === 0)
          throw new TwicetoldError('UNREADABLE', 'a temporary file of this run was cut by another process');
        done += more;
      }
    }
    const { text, source, columns, shingles, shingleSet, language, rows } = deserialize(record) as {
      text: string;
      source: ComparableDocument['source'];
      columns: Omit<ComparableDocument['content'], 'text' | 'words' | 'lines'>;
      shingles: Uint32Array;
      shingleSet: Uint32Array;
      language?: string;
      rows?: Int32Array;
    };
    const lexicon = language === undefined ? undefined : this.#lexicons.get(language);
    return {
      source: { ...source, text },
      content: { ...columns, text, words: NO_WORDS, lines: [] },
      shingles,
      shingleSet,
      ...(lexicon === undefined || rows === undefined ? {} : { known: { lexicon, rows } }),
    };
  }

  #write(bytes: Buffer): void {
    try {
      for (let done = 0; done < bytes.length; )
        done += writeSync(
          this.#descriptors[this.#own] as number,
          bytes,
          done,
          bytes.length - done,
          this.#written + done,
        );
    } catch (cause) {
      throw new TwicetoldError(
        'UNWRITABLE',
        `the temporary file of this run cannot be written: ${(cause as Error).message}`,
        {
          cause,
        },
      );
    }
    this.#written += bytes.length;
  }
}
