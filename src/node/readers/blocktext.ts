/** What a tree of text must have to be written out: the common part of DOM nodes and of those of `xml.ts`. */
export interface TextNode {
  /** 1 an element, 3 text, 4 CDATA; others are passed over. */
  readonly nodeType: number;
  readonly localName?: string | null;
  readonly childNodes: ArrayLike<TextNode>;
  /** Of text. */
  readonly data?: string;
}

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  'address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hl1 hl2 hr legend li main media nav note ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Elements that hold no text to read. */
const SILENT = new Set(
  'script style noscript template iframe object svg math head title select textarea button'.split(' '),
);

/** Nodes within nodes beyond which nobody wrote the text. */
export const MAX_LEVELS = 2000;

/** The text of a tree, each block on a line of its own; undefined where it is too deep. */
export function blockText(root: TextNode): string | undefined {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    const trimmed = line.replace(/[ \t\r\n\f\u00a0]+/g, ' ').trim();
    if (trimmed !== '') lines.push(trimmed);
    line = '';
  };
  // By hand, so that depth costs no stack: each entry is a node and the next of its children.
  // A DOM may gather the children anew each time it is asked for them, so it is asked once.
  const path: { children: ArrayLike<TextNode>; next: number; block: boolean }[] = [
    { children: root.childNodes, next: 0, block: true },
  ];
  for (let top = path[0]; top !== undefined; top = path.at(-1)) {
    const child = top.children[top.next++];
    if (child === undefined) {
      if (top.block) end();
      path.pop();
    } else if (child.nodeType === 3 || child.nodeType === 4) {
      line += child.data ?? '';
    } else if (child.nodeType === 1) {
      const name = (child.localName ?? '').toLowerCase();
      if (SILENT.has(name)) continue;
      if (name === 'br') {
        end();
        continue;
      }
      const block = BLOCKS.has(name);
      if (block) end();
      if (path.length >= MAX_LEVELS) return undefined;
      path.push({ children: child.childNodes, next: 0, block });
    }
  }
  return lines.join('\n');
}
