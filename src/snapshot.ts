import { describe, TwicetoldError } from './errors.js';
import { publishedAt } from './published.js';
import { mix32 } from './sketch/hash.js';
import type { SourceDocument } from './types.js';

/*
 * A saved index is one buffer: 4 bytes magic "twct", u32 version, u32 length of the payload, u32 checksum of the
 * payload, then the payload: the documents as UTF-8 JSON. Numbers are little-endian.
 */
const MAGIC = 0x74637774;
const VERSION = 1;
const HEADER = 16;

/** Writes documents to one buffer. */
export function writeSnapshot(documents: readonly SourceDocument[]): ArrayBuffer {
  const plain = documents.map((doc) => ({
    ...doc,
    ...(doc.published === undefined ? {} : { published: new Date(publishedAt(doc.published) as number).toISOString() }),
  }));
  const payload = new TextEncoder().encode(JSON.stringify(plain));
  const buffer = new ArrayBuffer(HEADER + payload.length);
  const view = new DataView(buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, checksum(payload), true);
  new Uint8Array(buffer, HEADER).set(payload);
  return buffer;
}

/** Reads the documents of a saved index, or says what is wrong with it. */
export function readSnapshot(buffer: ArrayBuffer): SourceDocument[] {
  const refuse = (why: string) =>
    new TwicetoldError('INVALID_ARGUMENT', `buffer must be what ReuseIndex.toBuffer made: ${why}`);
  if (!(buffer instanceof ArrayBuffer)) throw refuse(`it is ${describe(buffer)}, not an ArrayBuffer`);
  if (buffer.byteLength < HEADER) throw refuse(`it has ${buffer.byteLength} bytes, and the header alone has ${HEADER}`);
  const view = new DataView(buffer);
  if (view.getUint32(0, true) !== MAGIC) throw refuse('it does not begin with the mark of a saved index');
  if (view.getUint32(4, true) !== VERSION)
    throw refuse(`it is of version ${view.getUint32(4, true)}, and this release reads version ${VERSION}`);
  const payload = new Uint8Array(buffer, HEADER);
  if (view.getUint32(8, true) !== payload.length)
    throw refuse(`it should hold ${view.getUint32(8, true)} bytes after the header, and holds ${payload.length}`);
  if (view.getUint32(12, true) !== checksum(payload))
    throw refuse('its checksum does not fit its content, so it was altered');
  try {
    const documents: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (Array.isArray(documents)) return documents;
  } catch {
    // Falls through to the refusal.
  }
  throw refuse('it holds no list of documents');
}

function checksum(bytes: Uint8Array): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ (bytes[i] as number), 0x01000193);
  return mix32(h >>> 0);
}
