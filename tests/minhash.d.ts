/** The npm package `minhash`, which ships no types: as much of it as the tests use. */
declare module 'minhash' {
  export class Minhash {
    constructor(config?: { numPerm?: number; seed?: number });
    update(value: string): void;
    jaccard(other: Minhash): number;
  }
  const minhash: { Minhash: typeof Minhash };
  export default minhash;
}
