/**
 * The margin at which a text was hard-wrapped, in UTF-16 code units, or 0 when its lines are paragraphs.
 *
 * Wire copy of old and plain-text mail breaks lines at a margin, in the middle of sentences. Such a text
 * has many lines that nearly reach one common width and do not end a sentence. Linear time.
 */
export function hardWrapWidth(text: string): number {
  const lengths: number[] = [];
  let open = 0;
  for (let i = 0; i < text.length; ) {
    let end = text.indexOf('\n', i);
    if (end < 0) end = text.length;
    const line = text.slice(i, Math.min(end, i + 200)).trimEnd();
    if (line.length > 0) lengths.push(line.length);
    i = end + 1;
  }
  if (lengths.length < 4) return 0;
  const sorted = [...lengths].sort((a, b) => a - b);
  const width = sorted[Math.floor(sorted.length * 0.9)] as number;
  if (width > 120 || width < 30) return 0;
  for (let i = 0; i < text.length; ) {
    let end = text.indexOf('\n', i);
    if (end < 0) end = text.length;
    const line = text.slice(i, Math.min(end, i + 200)).trimEnd();
    if (line.length >= width * 0.75 && !/[.!?:"”’']$/.test(line)) open++;
    i = end + 1;
  }
  return open >= 3 && open >= lengths.length * 0.4 ? width : 0;
}
