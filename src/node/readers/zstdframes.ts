/** Bytes of a window: what `zstd` itself decodes unasked (`ZSTD_WINDOWLOG_LIMIT_DEFAULT`), written by `--ultra -22` and `--long`. */
const MAX_WINDOW = 128 * 1024 * 1024;
/**
 * The decoder moves its whole window along with each block. Beyond the first `FREE_MOVES` bytes that it moved, it may move this
 * many times what it took: a block of 128 bytes under the 8 MiB of `zstd -19`, of 2 KiB under the largest window.
 */
const MAX_MOVES = 65_536;
const FREE_MOVES = 4 * 2 ** 30;

/**
 * Cuts a zstd stream (RFC 8878, 3.1.1) into its frames before they are decoded, and refuses those that take too much: the decoder
 * takes the window that a frame declares in its first bytes, up to 2 GB, whatever comes after it.
 *
 * @param refuse makes the error that is thrown
 * @returns a function to be given all bytes, piece by piece, which gives them back in parts of one frame each, and whether the
 * frame ends with the part. What is no zstd is left to the decoder to refuse.
 */
export function frameCutter(
  refuse: (what: string) => Error,
): (bytes: Uint8Array) => [part: Uint8Array, ends: boolean][] {
  let head: number[] = [];
  /** Bytes of content before the next header. */
  let rest = 0;
  /** Of the frame that is open. */
  let frame: { readonly window: number; readonly checksum: number } | undefined;
  let known = true;
  let taken = 0;
  let moved = 0;

  function onBlock(window: number, checksum: number): void {
    const [low, mid, high] = head as [number, number, number];
    const size = (low >> 3) | (mid << 5) | (high << 13);
    // A block of one byte, repeated, gives its size as what comes out.
    rest = ((low >> 1) & 3) === 1 ? 1 : size;
    if (low & 1) {
      rest += checksum;
      frame = undefined;
    }
    moved += window;
    if (moved > FREE_MOVES && moved > MAX_MOVES * taken)
      throw refuse('is zstd in blocks too small for its window; compress it anew, without --long or --ultra');
    head = [];
  }

  function onFrame(): void {
    const length = headerLength(head);
    if (length === undefined) known = false;
    else if (head.length === length) {
      if (isSkippable(head)) rest = little(head, 4, 4);
      else {
        const window = windowOf(head);
        if (window > MAX_WINDOW)
          throw refuse(
            `needs a window of more than ${MAX_WINDOW / 2 ** 20} MiB to be taken out of zstd; compress it anew with a smaller one, for example with zstd -19`,
          );
        frame = { window, checksum: ((head[4] as number) >> 2) & 1 ? 4 : 0 };
      }
      head = [];
    }
  }

  return (bytes) => {
    const parts: [Uint8Array, boolean][] = [];
    let from = 0;
    for (let at = 0; known && at < bytes.length; ) {
      if (rest > 0) {
        const passed = Math.min(rest, bytes.length - at);
        rest -= passed;
        taken += passed;
        at += passed;
      } else {
        head.push(bytes[at++] as number);
        taken++;
        if (frame === undefined) onFrame();
        else if (head.length === 3) onBlock(frame.window, frame.checksum);
      }
      if (known && frame === undefined && rest === 0 && head.length === 0) {
        parts.push([bytes.subarray(from, at), true]);
        from = at;
      }
    }
    if (from < bytes.length) parts.push([bytes.subarray(from), false]);
    return parts;
  };
}

function isSkippable(head: readonly number[]): boolean {
  return little(head, 0, 4) >>> 4 === 0x184d2a5;
}

/** Bytes of a frame's header, or more than are there while that is not known; undefined where it is no frame. */
function headerLength(head: readonly number[]): number | undefined {
  if (head.length < 5) return head.length < 4 || isSkippable(head) || little(head, 0, 4) === 0xfd2fb528 ? 8 : undefined;
  if (isSkippable(head)) return 8;
  return 5 + fields(head).reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes of the fields of a frame's header after its descriptor: window, dictionary, size of the content. */
function fields(head: readonly number[]): [number, number, number] {
  const descriptor = head[4] as number;
  const single = (descriptor >> 5) & 1;
  const size = descriptor >> 6;
  return [1 - single, [0, 1, 2, 4][descriptor & 3] as number, size === 0 ? single : 1 << size];
}

function windowOf(head: readonly number[]): number {
  const [window, dictionary, size] = fields(head);
  if (window === 0) return little(head, 5 + dictionary, size) + (size === 2 ? 256 : 0);
  const descriptor = head[5] as number;
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function little(head: readonly number[], from: number, bytes: number): number {
  let number = 0;
  for (let i = bytes - 1; i >= 0; i--) number = number * 256 + (head[from + i] as number);
  return number;
}
