import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TwicetoldError } from '../errors.js';
import { malformed, tooLarge } from '../node/readers/input.js';
import { reason } from '../node/readers/reason.js';
import { faultOfReport } from '../report/shape.js';
import type { Report } from '../types.js';

/** Bytes of a report: what is longer is no string any more, and so no JSON that could be parsed. */
const MOST = constants.MAX_STRING_LENGTH;

/**
 * Reads a report that was written before, from a file or a pipe.
 *
 * @throws TwicetoldError `UNREADABLE`, `TOO_LARGE`, or `MALFORMED` with what is wrong and where
 */
export async function readReport(path: string): Promise<Report> {
  const text = await textOf(path);
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (cause) {
    throw malformed(path, `is no JSON: ${(cause as Error).message.slice(0, 100)}`, cause);
  }
  const fault = faultOfReport(report);
  if (fault !== undefined) throw malformed(path, `is no report: ${fault}`);
  return report as Report;
}

async function textOf(path: string): Promise<string> {
  try {
    // A device has no end.
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isFIFO())
      throw new TwicetoldError(
        'UNREADABLE',
        `${path} cannot be read: it is ${stats.isDirectory() ? 'a folder' : 'no file'}`,
      );
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      bytes += piece.length;
      if (bytes > MOST)
        throw tooLarge(path, `has more than ${MOST} bytes, which is more than JSON can be read from at once`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  } catch (cause) {
    if (cause instanceof TwicetoldError) throw cause;
    throw new TwicetoldError('UNREADABLE', `${path} cannot be read: ${reason(cause as Error)}`, { cause });
  }
}
