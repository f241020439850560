import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { TwicetoldError } from '../errors.js';

/*
 * LMDB maps its file and follows what stands in it: a page that is cut off or overwritten ends the process. So all pages that it can come
 * to are looked at before it is opened. Its length is not enough to go by: it may have fewer pages than it counts, where the last are free.
 * Offsets are those of MDB_page, MDB_meta, MDB_db and MDB_node in what npm's lmdb 3 brings (mdb.c, data version 2, little-endian, 64 bits).
 */

const MAGIC = 0xbeefc0de;
const VERSION = 2;
const PAGE_HEADER = 24;
const META_BYTES = PAGE_HEADER + 144;
/** What kind of page it is; an index has no others, since none of its keys has several values. */
const [BRANCH, LEAF, OVERFLOW, KINDS] = [0x01, 0x02, 0x04, 0x6f];
/** Of a node: its data stand on pages of their own, or are a tree. */
const [BIG, TREE] = [0x01, 0x02];
const TREE_BYTES = 48;
/** Of a tree: its keys have several values, in one way or another. */
const SEVERAL = 0x74;
const NONE = 2n ** 64n - 1n;
/** Milliseconds in which a writer has brought a file on if it is at work. */
const SETTLED = 5;
/** Deeper than LMDB's cursors go. */
const DEEPEST = 32;

/** A state of the file: pages of so many bytes, of which `pages` may be in use, and the trees of free pages and of all else. */
interface State {
  readonly transaction: bigint;
  readonly boot: bigint;
  readonly pageBytes: number;
  readonly pages: number;
  readonly free: Tree;
  readonly main: Tree;
}
interface Tree {
  readonly depth: number;
  readonly root: bigint;
}

class Damage extends Error {}

/**
 * Throws where LMDB would be led astray by its file. One that is not there, or empty, LMDB makes.
 *
 * @throws TwicetoldError `UNREADABLE`
 */
export function checkPages(path: string, readOnly: boolean): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    for (let before: string | undefined; ; ) {
      const { size } = fstatSync(file);
      if (size === 0) return;
      let state = `${size}`;
      try {
        const { latest, flushed } = statesOf(file);
        state += ` ${latest.transaction}`;
        checkEither(file, latest, flushed, readOnly);
        return;
      } catch (cause) {
        if (!(cause instanceof Damage)) throw cause;
        // A writer at work makes the file, or takes up pages again that were in use in the states before its own.
        if (state === before) throw new TwicetoldError('UNREADABLE', `${path} is damaged: ${cause.message}`, { cause });
        before = state;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLED);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** The latest state; or that which a writer goes back to after the machine went down. */
function checkEither(file: number, latest: State, flushed: State, readOnly: boolean): void {
  try {
    checkState(file, latest);
  } catch (error) {
    if (readOnly || latest.boot === thisBoot()) throw error;
    checkState(file, flushed);
  }
}

/** The first half of the identifier by which LMDB knows that the machine has not been down since. */
function thisBoot(): bigint {
  try {
    return BigInt(`0x${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)}`);
  } catch {
    return 0n;
  }
}

function bytesAt(file: number, at: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  if (readSync(file, bytes, 0, length, at) < length) throw new Damage('it ends before a page that is in use');
  return new DataView(bytes.buffer);
}

/** The latest state, and the latest that surely reached the disk. */
function statesOf(file: number): { latest: State; flushed: State } {
  const first = stateAt(file, 0);
  const second = stateAt(file, first.pageBytes);
  const [latest, earlier] = first.transaction >= second.transaction ? [first, second] : [second, first];
  const kept = bytesAt(file, first.pageBytes / 2, META_BYTES);
  const isKept = kept.getUint32(PAGE_HEADER, true) === MAGIC && kept.getBigUint64(PAGE_HEADER + 128, true) > 0n;
  return { latest, flushed: isKept ? stateAt(file, first.pageBytes / 2) : earlier };
}

function stateAt(file: number, at: number): State {
  const view = bytesAt(file, at, META_BYTES);
  const uint64 = (offset: number) => view.getBigUint64(PAGE_HEADER + offset, true);
  if (view.getUint32(PAGE_HEADER, true) !== MAGIC) throw new Damage('it is no file of LMDB');
  const version = view.getUint32(PAGE_HEADER + 4, true) & 0xffff;
  if (version !== VERSION) throw new Damage(`it is of version ${version} of LMDB, not ${VERSION}`);
  const pageBytes = view.getUint32(PAGE_HEADER + 24, true);
  if (pageBytes < 512 || pageBytes > 65536 || (pageBytes & (pageBytes - 1)) !== 0)
    throw new Damage(`its pages cannot have ${pageBytes} bytes`);
  return {
    transaction: uint64(128),
    boot: uint64(136),
    pageBytes,
    pages: Number(uint64(120)) + 1,
    free: treeAt(view, PAGE_HEADER + 24),
    main: treeAt(view, PAGE_HEADER + 24 + TREE_BYTES),
  };
}

function treeAt(view: DataView, at: number): Tree {
  const flags = view.getUint16(at + 4, true);
  // Those of the tree of free pages are those of the file.
  if (at !== PAGE_HEADER + 24 && (flags & SEVERAL) !== 0) throw new Damage(`a tree has flags ${flags}`);
  return { depth: view.getUint16(at + 6, true), root: view.getBigUint64(at + 40, true) };
}

/** Follows all trees of a state, from page to page. */
function checkState(file: number, { transaction, pageBytes, pages, free, main }: State): void {
  const seen = new Set<number>();
  const take = (page: number, count = 1) => {
    for (let p = page; p < page + count; p++) {
      if (p < 2 || p >= pages || seen.has(p)) throw new Damage(`page ${p} of ${pages} is used where it cannot be`);
      seen.add(p);
    }
  };
  const pageAt = (page: number, kind: number): DataView => {
    const view = bytesAt(file, page * pageBytes, kind === OVERFLOW ? PAGE_HEADER : pageBytes);
    if (view.getBigUint64(0, true) !== BigInt(page) || (view.getUint16(18, true) & KINDS) !== kind)
      throw new Damage(`page ${page} is not what it should be`);
    return view;
  };

  const walk = (page: number, depth: number) => {
    take(page);
    const view = pageAt(page, depth > 1 ? BRANCH : LEAF);
    const bad = () => new Damage(`page ${page} is not in order`);
    const used = view.getUint16(20, true);
    const nodes = used >> 1;
    if (PAGE_HEADER + used > pageBytes || nodes < (depth > 1 ? 2 : 1)) throw bad();
    for (let n = 0; n < nodes; n++) {
      const node = PAGE_HEADER + view.getUint16(PAGE_HEADER + 2 * n, true);
      if (node < PAGE_HEADER + used || node + 8 > pageBytes) throw bad();
      const size = view.getUint32(node, true);
      const flags = view.getUint16(node + 4, true);
      const data = node + 8 + view.getUint16(node + 6, true);
      if (data > pageBytes) throw bad();
      if (lists !== undefined && depth === 1) {
        // By the transaction that freed them.
        const freedBy = data === node + 16 ? view.getBigUint64(node + 8, true) : 0n;
        if (freedBy <= last || freedBy > transaction) throw bad();
        last = freedBy;
      }
      if (depth > 1) {
        walk(size + flags * 2 ** 32, depth - 1);
      } else if (flags === BIG) {
        if (data + 24 > pageBytes) throw bad();
        const [start, count] = [Number(view.getBigUint64(data, true)), Number(view.getBigUint64(data + 16, true))];
        if (count * pageBytes < PAGE_HEADER + size || count > pages) throw bad();
        take(start, count);
        if (pageAt(start, OVERFLOW).getUint32(20, true) !== count) throw bad();
        const whole = bytesAt(file, start * pageBytes + PAGE_HEADER, size);
        if (lists !== undefined) lists.push(whole);
      } else {
        if (data + size > pageBytes || (flags !== 0 && (flags !== TREE || size !== TREE_BYTES))) throw bad();
        if (flags === TREE) walkTree(treeAt(view, data));
        else if (lists !== undefined) lists.push(new DataView(view.buffer, data, size));
      }
    }
  };
  // What stands in the tree of free pages: lists of them, each after its length. A number below zero is how many pages follow the next.
  let lists: DataView[] | undefined = [];
  let last = 0n;
  const walkTree = ({ root, depth }: Tree) => {
    if (root === NONE) return;
    if (depth < 1 || depth > DEEPEST) throw new Damage(`a tree is ${depth} pages deep`);
    walk(Number(root), depth);
  };
  walkTree(free);
  const freed = lists;
  lists = undefined;
  walkTree(main);
  for (const list of freed) {
    const count = list.byteLength < 8 ? -1 : Number(list.getBigUint64(0, true));
    if (count < 0 || 8 * (count + 1) > list.byteLength) throw new Damage('a list of free pages is cut off');
    for (let n = 1; n <= count; n++) {
      const page = Number(list.getBigInt64(8 * n, true));
      if (Math.abs(page) >= pages || page === 1 || seen.has(page))
        throw new Damage(`page ${page} of ${pages} is among the free ones`);
    }
  }
}
