import { checkInteger, checkNumber, checkOptions, checkString, describe, TwicetoldError } from '../errors.js';
import { type Banding, bandsFor } from '../sketch/bands.js';
import { mix32 } from '../sketch/hash.js';
import { checkSignature, estimateJaccard } from '../sketch/minhash.js';

/** Options of {@link LshIndex}. */
export interface LshIndexOptions {
  /** Minima a signature, 1 to 1,024. Default 128. */
  permutations?: number;
  /** Resemblance from which pairs are wanted, in (0, 1). Default 0.5. Not used when `bands` and `rows` are given. */
  threshold?: number;
  /** Bands, with `rows` each; `bands * rows` at most `permutations`. Default by {@link bandsFor}. */
  bands?: number;
  /** Rows a band. */
  rows?: number;
}

/** An entry that an {@link LshIndex} proposes. */
export interface LshCandidate {
  id: string;
  /** Estimated resemblance to the query, in [0, 1]. */
  estimate: number;
}

/**
 * An index of signatures that finds those that resemble a query without comparing it with all (banded
 * locality-sensitive hashing: Indyk and Motwani 1998; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4).
 * What it returns are candidates, with estimates; {@link jaccard} on the shingles decides.
 *
 * Insert, remove: time in the number of bands. Query: that and the candidates. Memory: the signature and about
 * 50 bytes a band and entry.
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
  /** How signatures are cut. */
  readonly banding: Readonly<Banding>;
  readonly #signatures = new Map<string, Uint32Array>();
  /** By band and key, whose signature has it: nearly always one, for which a set would cost ten times as much. */
  readonly #tables: Map<number, string | Set<string>>[];

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
      const bands = checkInteger('bands', options.bands, 1, this.permutations);
      const rows = checkInteger('rows', options.rows, 1, Math.floor(this.permutations / bands));
      this.banding = { bands, rows };
    } else this.banding = bandsFor(threshold, this.permutations);
    this.#tables = Array.from({ length: this.banding.bands }, () => new Map());
  }

  /** How many signatures are in it. */
  get size(): number {
    return this.#signatures.size;
  }

  /** Whether a signature of that id is in it. */
  has(id: string): boolean {
    return this.#signatures.has(id);
  }

  /**
   * Adds a signature.
   *
   * @param id names it; unique
   * @param signature as many minima as `permutations`; copied
   * @throws TwicetoldError `DUPLICATE_ID`, `SIGNATURE_MISMATCH` or `INVALID_ARGUMENT`; nothing is changed then
   */
  insert(id: string, signature: Uint32Array): void {
    checkString('id', id);
    this.#check(signature);
    if (this.#signatures.has(id))
      throw new TwicetoldError('DUPLICATE_ID', `id ${describe(id)} is in the index already; remove it first`);
    this.#signatures.set(id, signature.slice());
    this.#tables.forEach((table, band) => {
      const key = bandKey(signature, band, this.banding.rows);
      const bucket = table.get(key);
      if (bucket === undefined) table.set(key, id);
      else if (typeof bucket === 'string') table.set(key, new Set([bucket, id]));
      else bucket.add(id);
    });
  }

  /** Removes a signature; says whether it was there. */
  remove(id: string): boolean {
    const signature = this.#signatures.get(id);
    if (signature === undefined) return false;
    this.#signatures.delete(id);
    this.#tables.forEach((table, band) => {
      const key = bandKey(signature, band, this.banding.rows);
      const bucket = table.get(key);
      if (bucket === id) table.delete(key);
      else if (bucket instanceof Set && bucket.delete(id) && bucket.size === 0) table.delete(key);
    });
    return true;
  }

  /**
   * The entries that share at least one band with a signature, best estimate first, then by id.
   *
   * @param signature as many minima as `permutations`
   * @returns candidates, with their estimated resemblance
   * @throws TwicetoldError `SIGNATURE_MISMATCH` or `INVALID_ARGUMENT`
   */
  query(signature: Uint32Array): LshCandidate[] {
    this.#check(signature);
    const ids = new Set<string>();
    this.#tables.forEach((table, band) => {
      const bucket = table.get(bandKey(signature, band, this.banding.rows));
      if (typeof bucket === 'string') ids.add(bucket);
      else if (bucket !== undefined) for (const id of bucket) ids.add(id);
    });
    return [...ids]
      .map((id) => ({ id, estimate: estimateJaccard(signature, this.#signatures.get(id) as Uint32Array) }))
      .sort((x, y) => y.estimate - x.estimate || (x.id < y.id ? -1 : 1));
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

/** The 32-bit key of one band of a signature. */
export function bandKey(signature: Uint32Array, band: number, rows: number): number {
  let h = band + 1;
  for (let r = band * rows; r < (band + 1) * rows; r++)
    h = mix32((Math.imul(h, 0x9e3779b1) ^ (signature[r] as number)) >>> 0);
  return h;
}
