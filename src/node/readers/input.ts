import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { TwicetoldError } from '../../errors.js';
import type { SourceDocument } from '../../types.js';
import { reason } from './reason.js';
import { frameCutter } from './zstdframes.js';

/** Which field of a record holds what, where it goes by another name than those known. A dot leads into an object: `article.body`. */
export type FieldMapping = Partial<Record<keyof SourceDocument, string>>;

/** What a reader is given: the bytes of one file, taken out of gzip or zstd, and what to do with what it cannot read. */
export interface Input {
  /** How the input is called in messages and ids. */
  readonly name: string;
  /** Where it is on the disk, uncompressed, for a format that must be read from its end; otherwise undefined. */
  readonly path: string | undefined;
  readonly fields: FieldMapping;
  /** Its bytes, in pieces. May be asked for once. */
  chunks(): AsyncIterable<Uint8Array>;
  /** A part that cannot be read: throws, or tells the caller and goes on. */
  bad(error: TwicetoldError): void;
}

/** A document, or one without an id yet: it gets the input's name. */
export type ReadResult = Omit<SourceDocument, 'id'> & { id?: string };

/** Reads the documents of one input. */
export type Reader = (input: Input) => AsyncIterable<ReadResult>;

/** Bytes of one file that is held whole. */
export const MAX_FILE = 64 * 1024 * 1024;
/** Bytes of one record of a file that is not. */
export const MAX_RECORD = 16 * 1024 * 1024;
/** A compressed file may grow this many times, and to `MAX_FILE` in any case. Text seldom grows more than twentyfold. */
const MAX_GROWTH = 200;

/** Refuses what is beyond a bound. */
export function tooLarge(name: string, what: string): TwicetoldError {
  return new TwicetoldError('TOO_LARGE', `${name} ${what}`);
}

/** Whether more came out of a compressed file than anybody writes: `given` bytes or characters out of `taken` bytes. */
export function isTooMuch(given: number, taken: number): boolean {
  return given > MAX_FILE && given > MAX_GROWTH * taken;
}

/** Refuses what {@link isTooMuch}. */
export function growsTooLarge(name: string, compression: string): TwicetoldError {
  return tooLarge(name, `grows to more than ${MAX_GROWTH} times its size when it is taken out of ${compression}`);
}

/** Refuses what is not of its format. */
export function malformed(name: string, what: string, cause?: unknown): TwicetoldError {
  return new TwicetoldError('MALFORMED', `${name} ${what}`, cause === undefined ? {} : { cause });
}

/** The bytes of a file in pieces. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  let stream: ReadStream | undefined;
  try {
    // A path that no file can have is refused here already.
    stream = createReadStream(path);
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${reason(cause as NodeJS.ErrnoException)}`, {
      cause,
    });
  } finally {
    stream?.destroy();
  }
}

/** By its first bytes, how a file is compressed. */
export function compressionOf(head: Uint8Array): 'gzip' | 'zstd' | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return undefined;
}

/** Takes bytes out of gzip or zstd, where they are in either; refuses what grows out of bounds. */
export async function* decompressed(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  while (head.length < 4) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = concat([head, value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  const compression = compressionOf(head);
  let taken = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of all()) {
      taken += chunk.length;
      yield chunk;
    }
  }
  try {
    if (compression === undefined) {
      yield* all();
      return;
    }
    let given = 0;
    for await (const chunk of compression === 'gzip' ? gunzip(counted()) : unzstd(name, counted())) {
      given += chunk.length;
      if (isTooMuch(given, taken)) throw growsTooLarge(name, compression);
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw malformed(name, `is damaged ${compression}: ${(cause as Error).message}`, cause);
  } finally {
    await iterator.return?.(undefined);
  }
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const out = createGunzip();
  // Errors of the source end the stream, which is read here.
  pipeline(Readable.from(chunks), out, () => {});
  yield* out as AsyncIterable<Uint8Array>;
}

async function* unzstd(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  let ended = false;
  // One for each frame: that which decodes several holds the windows of all.
  const decoder = () =>
    new Decompress((chunk, final) => {
      out.push(chunk);
      ended = final ?? false;
    });
  let stream = decoder();
  const cut = frameCutter((what) => tooLarge(name, what));
  for await (const chunk of chunks) {
    // In small steps, so that a piece that grows a thousandfold is seen before it has.
    for (let at = 0; at < chunk.length; at += 4096) {
      for (const [part, ends] of cut(chunk.subarray(at, at + 4096))) {
        ended = false;
        stream.push(part, ends);
        yield* out;
        out = [];
        if (ends) stream = decoder();
      }
    }
  }
  if (!ended) throw new Error('it ends too early');
}

/** All bytes of an input, where they are not too many. */
export async function allBytes({ name, chunks }: Pick<Input, 'name' | 'chunks'>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks()) {
    length += chunk.length;
    if (length > MAX_FILE) throw tooLarge(name, `has more than ${MAX_FILE / 2 ** 20} MiB, too much for one document`);
    parts.push(chunk);
  }
  return parts.length === 1 ? (parts[0] as Uint8Array) : concat(parts);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
