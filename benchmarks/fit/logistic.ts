/**
 * As {@link fitLogistic}, but a weight whose sign contradicts `signs` (1, -1, or 0 for either) is taken out, the worst
 * first, and the rest fitted again: evidence for a match must not come out as evidence against it because
 * two features go together.
 */
export function fitSigned(
  x: Float64Array,
  y: Uint8Array,
  k: number,
  ridge: number,
  signs: readonly number[],
  weights?: Float64Array,
  offset?: Float64Array,
): Float64Array {
  const masked = x.slice();
  let w = new Float64Array(k + 1);
  for (;;) {
    w = fitLogistic(masked, y, k, ridge, weights, offset, w);
    let worst = -1;
    for (let i = 0; i < k; i++) {
      const wrong = -(w[i] as number) * (signs[i] as number);
      if (wrong > 1e-9 && (worst < 0 || wrong > -(w[worst] as number) * (signs[worst] as number))) worst = i;
    }
    if (worst < 0) return w;
    for (let r = 0; r < y.length; r++) masked[r * k + worst] = 0;
    w[worst] = 0;
  }
}

/**
 * Logistic regression with a ridge penalty, by iteratively reweighted least squares (McCullagh and Nelder,
 * "Generalized linear models", 1989). `x` holds `k` features a row; weight k is the intercept, which is not penalised; `offset`
 * is added to the log-odds of each row as it is, `start` are weights to begin from.
 */
export function fitLogistic(
  x: Float64Array,
  y: Uint8Array,
  k: number,
  ridge: number,
  weights?: Float64Array,
  offset?: Float64Array,
  start: Float64Array = new Float64Array(k + 1),
): Float64Array<ArrayBuffer> {
  const n = y.length;
  const w = start.slice();
  for (let round = 0; round < 25; round++) {
    const h = Array.from({ length: k + 1 }, () => new Float64Array(k + 1));
    const g = new Float64Array(k + 1);
    for (let r = 0; r < n; r++) {
      const p = probability(w, x, r * k, k, offset?.[r]);
      const weight = weights?.[r] ?? 1;
      const e = ((y[r] as number) - p) * weight;
      const v = Math.max(p * (1 - p), 1e-6) * weight;
      for (let i = 0; i <= k; i++) {
        const xi = i === k ? 1 : (x[r * k + i] as number);
        g[i] = (g[i] as number) + e * xi;
        if (xi === 0) continue;
        const row = h[i] as Float64Array;
        for (let j = 0; j <= i; j++) row[j] = (row[j] as number) + v * xi * (j === k ? 1 : (x[r * k + j] as number));
      }
    }
    for (let i = 0; i <= k; i++) {
      const row = h[i] as Float64Array;
      for (let j = 0; j < i; j++) (h[j] as Float64Array)[i] = row[j] as number;
      if (i < k) {
        g[i] = (g[i] as number) - ridge * (w[i] as number);
        row[i] = (row[i] as number) + ridge;
      }
    }
    const step = solve(h, g);
    let moved = 0;
    for (let i = 0; i <= k; i++) {
      w[i] = (w[i] as number) + (step[i] as number);
      moved = Math.max(moved, Math.abs(step[i] as number));
    }
    if (moved < 1e-6) break;
  }
  return w;
}

/** The model's probability for the row of `x` that begins at `at`. */
export function probability(w: Float64Array, x: Float64Array, at: number, k: number, offset = 0): number {
  let z = (w[k] as number) + offset;
  for (let i = 0; i < k; i++) z += (w[i] as number) * (x[at + i] as number);
  return 1 / (1 + Math.exp(-z));
}

/** Solves `h * s = g` by Gaussian elimination with partial pivoting; both are overwritten. */
function solve(h: Float64Array[], g: Float64Array): Float64Array {
  const n = g.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(h[r]?.[c] as number) > Math.abs(h[pivot]?.[c] as number)) pivot = r;
    [h[c], h[pivot]] = [h[pivot] as Float64Array, h[c] as Float64Array];
    [g[c], g[pivot]] = [g[pivot] as number, g[c] as number];
    const top = h[c] as Float64Array;
    for (let r = c + 1; r < n; r++) {
      const row = h[r] as Float64Array;
      const factor = (row[c] as number) / (top[c] as number);
      if (factor === 0) continue;
      for (let i = c; i < n; i++) row[i] = (row[i] as number) - factor * (top[i] as number);
      g[r] = (g[r] as number) - factor * (g[c] as number);
    }
  }
  for (let r = n - 1; r >= 0; r--) {
    const row = h[r] as Float64Array;
    for (let i = r + 1; i < n; i++) g[r] = (g[r] as number) - (row[i] as number) * (g[i] as number);
    g[r] = (g[r] as number) / (row[r] as number);
  }
  return g;
}
