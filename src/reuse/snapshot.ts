import { describe, TwicetoldError } from '../errors.js';
import { mix32 } from '../sketch/hash.js';

/*
 * A saved index is one buffer of little-endian 32-bit words: 4 bytes magic "twct", version, length in bytes, checksum of all that
 * follows, number of sections, for each section its length in bytes; then the sections, each from a multiple of four on. The
 * columns of an index are sections, and are used where they stand.
 */
const MAGIC = 0x74637774;
const VERSION = 2;
/** Words before the checksummed part. */
const HEAD = 4;

/** Writes sections to one buffer. */
export function writeSnapshot(sections: readonly (Uint8Array | Uint32Array)[]): ArrayBuffer {
  const words = sections.reduce((sum, { byteLength }) => sum + ((byteLength + 3) >>> 2), HEAD + 1 + sections.length);
  const buffer = new ArrayBuffer(4 * words);
  const all = new Uint32Array(buffer);
  all[0] = MAGIC;
  all[1] = VERSION;
  all[2] = 4 * words;
  all[HEAD] = sections.length;
  let at = HEAD + 1 + sections.length;
  sections.forEach((section, n) => {
    all[HEAD + 1 + n] = section.byteLength;
    new Uint8Array(buffer, 4 * at).set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength));
    at += (section.byteLength + 3) >>> 2;
  });
  all[3] = checksum(all.subarray(HEAD));
  return buffer;
}

/** The sections of a saved index, as views of the buffer; or says what is wrong with it. */
export function readSnapshot(buffer: ArrayBuffer, expected: number): Uint8Array[] {
  if (!(buffer instanceof ArrayBuffer)) throw refusal(`it is ${describe(buffer)}, not an ArrayBuffer`);
  // What is read where it stands would be gone when it shrinks.
  if ((buffer as { resizable?: boolean }).resizable === true)
    throw refusal('its buffer can be resized; buffer.slice(0) has a fixed size');
  if (buffer.byteLength < 4 * (HEAD + 1))
    throw refusal(`it has ${buffer.byteLength} bytes, and the header alone has ${4 * (HEAD + 1)}`);
  const view = new DataView(buffer);
  if (view.getUint32(0, true) !== MAGIC) throw refusal('it does not begin with the mark of a saved index');
  if (view.getUint32(4, true) !== VERSION)
    throw refusal(`it is of version ${view.getUint32(4, true)}, and this release reads version ${VERSION}`);
  if (view.getUint32(8, true) !== buffer.byteLength)
    throw refusal(`it should have ${view.getUint32(8, true)} bytes, and has ${buffer.byteLength}`);
  if (buffer.byteLength % 4 !== 0) throw refusal(`it has ${buffer.byteLength} bytes, which are no whole words of four`);
  const all = new Uint32Array(buffer);
  if (all[3] !== checksum(all.subarray(HEAD)))
    throw refusal('its checksum does not fit its content, so it was altered');
  const count = all[HEAD] as number;
  if (count !== expected) throw refusal(`it has ${count} sections, not ${expected}`);
  const sections: Uint8Array[] = [];
  let at = HEAD + 1 + count;
  for (let n = 0; n < count; n++) {
    const length = all[HEAD + 1 + n] as number;
    if (4 * at + length > buffer.byteLength) throw refusal('one of its sections ends beyond it');
    sections.push(new Uint8Array(buffer, 4 * at, length));
    at += (length + 3) >>> 2;
  }
  return sections;
}

/** What a buffer that is no saved index is refused with. */
export function refusal(why: string): TwicetoldError {
  return new TwicetoldError('INVALID_ARGUMENT', `buffer must be what ReuseIndex.toBuffer made: ${why}`);
}

/** FNV-1a over words, in four lanes, so that a word need not wait for the one before it; any change of one word shows. */
function checksum(words: Uint32Array): number {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  let c = 0x9e3779b1;
  let d = 0x85ebca6b;
  const whole = words.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(a ^ (words[i] as number), 0x01000193);
    b = Math.imul(b ^ (words[i + 1] as number), 0x01000193);
    c = Math.imul(c ^ (words[i + 2] as number), 0x01000193);
    d = Math.imul(d ^ (words[i + 3] as number), 0x01000193);
  }
  for (let i = whole; i < words.length; i++) a = Math.imul(a ^ (words[i] as number), 0x01000193);
  let h = words.length;
  for (const lane of [a, b, c, d]) h = mix32((Math.imul(h, 0x01000193) ^ lane) >>> 0);
  return h;
}
