import { checkInteger, checkNumber, checkOptions, checkString, quoted, TwicetoldError } from '../errors.js';
import { type Banding, bandsFor } from '../sketch/bands.js';
import { mix32 } from '../sketch/hash.js';
import { checkSignature, unequalPlaces } from '../sketch/minhash.js';
import { BandTables } from './bandtables.js';

/** Options of {@link LshIndex}. */
export interface LshIndexOptions {
  /** Minima a signature, 1 to 1,024. Default 128. */
  permutations?: number;
  /** Resemblance from which pairs are wanted, in (0, 1). Default 0.5. Not to be given with `bands` and `rows`. */
  threshold?: number;
  /** Bands, with `rows` each; `bands * rows` at most `permutations`. Default by {@link bandsFor} from the threshold. */
  bands?: number;
  /** Rows a band. */
  rows?: number;
}

/** An entry that an {@link LshIndex} proposes. */
export interface LshCandidate {
  /** What it was inserted as. */
  id: string;
  /** Estimated resemblance to the query, in [0, 1]. */
  estimate: number;
}

/**
 * An index of signatures that finds those that resemble a query without comparing it with all (banded
 * locality-sensitive hashing: Indyk and Motwani 1998; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4).
 * What it returns are candidates, with estimates; {@link jaccard} on the shingles decides.
 *
 * Insert: time in the number of bands. Query, remove: that and the entries that share them. Memory: the signature
 * (4 bytes a minimum), 12 to 24 bytes a band, and about 70 for the id.
 *
 * @example
 * ```ts
 * import { LshIndex, MinHasher } from 'twicetold';
 * const hasher = new MinHasher();
 * const index = new LshIndex({ threshold: 0.5 });
 * index.insert('a', hasher.sign('one two three four five six seven eight'));
 * console.log(index.query(hasher.sign('One two three four five six seven eight!'))); // [ { id: 'a', estimate: 1 } ]
 * ```
 */
export class LshIndex {
  /** Minima a signature. */
  readonly permutations: number;
  /** How signatures are cut; frozen. */
  readonly banding: Readonly<Banding>;
  /** By id, its entry: entries are numbered from 0, and numbers that come free are used again. */
  readonly #entries = new Map<string, number>();
  /** By entry, its id; `undefined` when free. */
  readonly #ids: (string | undefined)[] = [];
  readonly #free: number[] = [];
  /** u32 a minimum, `BLOCK` entries a block, so that growing copies none. */
  readonly #blocks: Uint32Array[] = [];
  /** u32 an entry: the number of the query that saw it last. */
  #seen = new Uint32Array(BLOCK);
  #queries = 0;
  readonly #tables: BandTables;
  /** u32 a band: the keys in hand, and where their entries are. */
  readonly #keys: Uint32Array;
  readonly #starts: Uint32Array;
  /** Entries that the tables do not have yet, and their keys, `WAITING` a band. */
  readonly #waitingEntries = new Uint32Array(WAITING);
  readonly #waitingKeys: Uint32Array;
  #waiting = 0;

  /**
   * @param options see {@link LshIndexOptions}
   * @throws TwicetoldError `OUT_OF_RANGE` or `INVALID_ARGUMENT`, naming the option
   */
  constructor(options: LshIndexOptions = {}) {
    checkOptions('LshIndex options', options, ['permutations', 'threshold', 'bands', 'rows']);
    this.permutations = checkInteger('permutations', options.permutations ?? 128, 1, 1024);
    const threshold = checkNumber('threshold', options.threshold ?? 0.5, 0.001, 0.999);
    if ((options.bands === undefined) !== (options.rows === undefined))
      throw new TwicetoldError('INVALID_ARGUMENT', 'bands and rows must be given together, or neither');
    if (options.bands !== undefined && options.rows !== undefined) {
      if (options.threshold !== undefined)
        throw new TwicetoldError(
          'INVALID_ARGUMENT',
          'bands and rows decide which pairs are proposed; give them or a threshold, not both',
        );
      const bands = checkInteger('bands', options.bands, 1, this.permutations);
      const rows = checkInteger('rows', options.rows, 1, Math.floor(this.permutations / bands));
      this.banding = Object.freeze({ bands, rows });
    } else this.banding = Object.freeze(bandsFor(threshold, this.permutations));
    this.#tables = new BandTables(this.banding.bands);
    this.#keys = new Uint32Array(this.banding.bands);
    this.#starts = new Uint32Array(this.banding.bands);
    this.#waitingKeys = new Uint32Array(this.banding.bands * WAITING);
  }

  /** How many signatures are in it. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Whether a signature of that id is in it.
   *
   * @param id any string
   * @returns true when {@link insert} was given that id, and {@link remove} not since
   *
   * @example
   * ```ts
   * import { LshIndex } from 'twicetold';
   * console.log(new LshIndex().has('a')); // false
   * ```
   */
  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /**
   * Adds a signature.
   *
   * @param id names it; unique
   * @param signature as many minima as `permutations`; copied
   * @throws TwicetoldError `DUPLICATE_ID`, `SIGNATURE_MISMATCH` or `INVALID_ARGUMENT`; nothing is changed then
   *
   * @example
   * ```ts
   * import { LshIndex } from 'twicetold';
   * const index = new LshIndex({ permutations: 4, bands: 2, rows: 2 });
   * index.insert('a', Uint32Array.of(1, 2, 3, 4));
   * console.log(index.size); // 1
   * ```
   */
  insert(id: string, signature: Uint32Array): void {
    checkString('id', id);
    this.#check(signature);
    if (this.#entries.has(id))
      throw new TwicetoldError('DUPLICATE_ID', `id ${quoted(id)} is in the index already; remove it first`);
    const entry = this.#free.pop() ?? this.#newEntry();
    this.#ids[entry] = id;
    this.#entries.set(id, entry);
    (this.#blocks[entry >>> BLOCK_BITS] as Uint32Array).set(signature, (entry & (BLOCK - 1)) * this.permutations);
    const { bands, rows } = this.banding;
    for (let band = 0; band < bands; band++)
      this.#waitingKeys[band * WAITING + this.#waiting] = bandKey(signature, band, rows);
    this.#waitingEntries[this.#waiting++] = entry;
    if (this.#waiting === WAITING) this.#file();
  }

  /**
   * Removes a signature.
   *
   * @param id what it was inserted as
   * @returns whether it was there
   *
   * @example
   * ```ts
   * import { LshIndex } from 'twicetold';
   * console.log(new LshIndex().remove('a')); // false
   * ```
   */
  remove(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#file();
    const at = (entry & (BLOCK - 1)) * this.permutations;
    const signature = (this.#blocks[entry >>> BLOCK_BITS] as Uint32Array).subarray(at, at + this.permutations);
    this.#tables.remove(this.#keysOf(signature), entry);
    this.#entries.delete(id);
    this.#ids[entry] = undefined;
    this.#free.push(entry);
    return true;
  }

  /**
   * The entries that share at least one band with a signature, best estimate first, then by id.
   *
   * @param signature as many minima as `permutations`
   * @returns candidates, with their estimated resemblance
   * @throws TwicetoldError `SIGNATURE_MISMATCH` or `INVALID_ARGUMENT`
   *
   * @example
   * ```ts
   * import { LshIndex } from 'twicetold';
   * const index = new LshIndex({ permutations: 4, bands: 2, rows: 2 });
   * index.insert('a', Uint32Array.of(1, 2, 3, 4));
   * console.log(index.query(Uint32Array.of(1, 2, 9, 9))); // [ { id: 'a', estimate: 0.5 } ]
   * ```
   */
  query(signature: Uint32Array): LshCandidate[] {
    this.#check(signature);
    if (++this.#queries === 2 ** 32) {
      this.#seen.fill(0);
      this.#queries = 1;
    }
    const query = this.#queries;
    const seen = this.#seen;
    this.#file();
    const tables = this.#tables;
    const starts = this.#starts;
    tables.find(this.#keysOf(signature), starts);
    const found: LshCandidate[] = [];
    for (let band = 0; band < starts.length; band++) {
      for (let at = starts[band] as number; at !== 0; at = tables.after(at)) {
        const entry = tables.entryAt(at);
        // Two bands may have one key by chance.
        if (seen[entry] === query || !this.#sharesBand(signature, entry, band)) continue;
        seen[entry] = query;
        found.push({ id: this.#ids[entry] as string, estimate: this.#estimate(signature, entry) });
      }
    }
    return found.sort((x, y) => y.estimate - x.estimate || (x.id < y.id ? -1 : 1));
  }

  /** Puts the waiting entries into the tables. */
  #file(): void {
    if (this.#waiting === 0) return;
    this.#tables.add(this.#waitingKeys, WAITING, this.#waitingEntries, this.#waiting);
    this.#waiting = 0;
  }

  /** The keys of a signature's bands, valid until the next call. */
  #keysOf(signature: Uint32Array): Uint32Array {
    const keys = this.#keys;
    const { rows } = this.banding;
    for (let band = 0; band < keys.length; band++) keys[band] = bandKey(signature, band, rows);
    return keys;
  }

  #newEntry(): number {
    const entry = this.#ids.length;
    if ((entry & (BLOCK - 1)) === 0) this.#blocks.push(new Uint32Array(BLOCK * this.permutations));
    if (entry === this.#seen.length) {
      const larger = new Uint32Array(entry * 2);
      larger.set(this.#seen);
      this.#seen = larger;
    }
    return entry;
  }

  #sharesBand(signature: Uint32Array, entry: number, band: number): boolean {
    const block = this.#blocks[entry >>> BLOCK_BITS] as Uint32Array;
    const at = (entry & (BLOCK - 1)) * this.permutations;
    const { rows } = this.banding;
    for (let i = band * rows; i < (band + 1) * rows; i++) if (block[at + i] !== signature[i]) return false;
    return true;
  }

  #estimate(signature: Uint32Array, entry: number): number {
    const block = this.#blocks[entry >>> BLOCK_BITS] as Uint32Array;
    const k = this.permutations;
    const at = (entry & (BLOCK - 1)) * k;
    return (k - unequalPlaces(signature, block, at)) / k;
  }

  #check(signature: Uint32Array): void {
    checkSignature('signature', signature);
    if (signature.length !== this.permutations)
      throw new TwicetoldError(
        'SIGNATURE_MISMATCH',
        `signature must have ${this.permutations} minima, as the index was made for, got ${signature.length}`,
      );
  }
}

const BLOCK_BITS = 7;
/** Entries whose signatures stand in one array. */
const BLOCK = 1 << BLOCK_BITS;

/** Entries that may wait to be filed. */
const WAITING = 512;

/**
 * The 32-bit key of one band of a signature: a polynomial over its minima, mixed. Different bands have one key as rarely
 * as random numbers do; what must be sure compares the minima.
 */
export function bandKey(signature: Uint32Array, band: number, rows: number): number {
  let h = band + 1;
  for (let r = band * rows; r < (band + 1) * rows; r++) h = (Math.imul(h, 0x9e3779b1) + (signature[r] as number)) | 0;
  return mix32(h);
}
