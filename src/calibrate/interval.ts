/** 97.5th percentile of the normal distribution. */
const Z = 1.959964;

/** The range in which a share of `right` of `all` lies, at 95 % confidence: the score interval (Wilson 1927), [0, 1] where there are none. */
export function shareInterval(right: number, all: number): [low: number, high: number] {
  if (all === 0) return [0, 1];
  const share = right / all;
  const middle = share + Z ** 2 / (2 * all);
  const half = Z * Math.sqrt((share * (1 - share)) / all + (Z / (2 * all)) ** 2);
  const scale = 1 + Z ** 2 / all;
  // Rounding must not put the share itself outside.
  return [Math.min(share, Math.max(0, (middle - half) / scale)), Math.max(share, Math.min(1, (middle + half) / scale))];
}
