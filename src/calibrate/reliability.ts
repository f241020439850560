import type { LabelledScore } from './curve.js';
import { shareInterval } from './interval.js';

/** The pairs of one tenth of the scale. */
export interface ReliabilityBin {
  /** Scores from `from` on, below `to`; the last tenth has 1 too. */
  from: number;
  to: number;
  pairs: number;
  /** Mean score of its pairs; the middle of the tenth where there are none. */
  mean: number;
  /** Share of them that tell the same; of scores that are probabilities this is their mean. */
  share: number;
  /** Where that share lies at 95 % confidence. */
  low: number;
  high: number;
}

const BINS = 10;

/** What a score means, by tenths of the scale. */
export function reliability(labelled: readonly LabelledScore[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = labelled.filter(({ score }) => Math.min(BINS - 1, Math.floor(score * BINS)) === bin);
    const right = inside.filter(({ same }) => same).length;
    const [low, high] = shareInterval(right, inside.length);
    const sum = inside.reduce((total, { score }) => total + score, 0);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      pairs: inside.length,
      mean: inside.length > 0 ? sum / inside.length : (bin + 0.5) / BINS,
      share: inside.length > 0 ? right / inside.length : 0,
      low,
      high,
    };
  });
}
