/** A score, and what a person says of the pair that has it. */
export interface LabelledScore {
  /** In [0, 1]. */
  score: number;
  /** Whether the two tell the same. */
  same: boolean;
}

/** What is found with one threshold. */
export interface CurvePoint {
  /** Pairs that score this or more are found: halfway between two scores that occur. */
  threshold: number;
  /** Pairs found, and how many of them tell the same. */
  found: number;
  right: number;
  /** `right` of `found`, in [0, 1]. */
  precision: number;
  /** `right` of all pairs that tell the same, in [0, 1]. */
  recall: number;
  /** Harmonic mean of precision and recall. */
  f1: number;
}

/** The labelled scores, highest first. */
export function byScore(labelled: readonly LabelledScore[]): LabelledScore[] {
  return [...labelled].sort((x, y) => y.score - x.score);
}

/** A point for each score that occurs, highest first: pairs of one score are found together or not at all. */
export function precisionRecall(labelled: readonly LabelledScore[]): CurvePoint[] {
  const sorted = byScore(labelled);
  const all = sorted.filter(({ same }) => same).length;
  const points: CurvePoint[] = [];
  let right = 0;
  sorted.forEach(({ score, same }, n) => {
    if (same) right++;
    const next = sorted[n + 1]?.score;
    if (next !== score) points.push(pointOf(halfway(score, next ?? 0), n + 1, right, all));
  });
  return points;
}

/** What is found with a given threshold. */
export function pointAt(labelled: readonly LabelledScore[], threshold: number): CurvePoint {
  const found = labelled.filter(({ score }) => score >= threshold);
  const all = labelled.filter(({ same }) => same).length;
  return pointOf(threshold, found.length, found.filter(({ same }) => same).length, all);
}

function pointOf(threshold: number, found: number, right: number, all: number): CurvePoint {
  const precision = found > 0 ? right / found : 1;
  const recall = all > 0 ? right / all : 0;
  return { threshold, found, right, precision, recall, f1: found + all > 0 ? (2 * right) / (found + all) : 0 };
}

/** Between two scores, in five decimals where that lies between them: scores have four. */
function halfway(high: number, low: number): number {
  const middle = Math.round(((high + low) / 2) * 1e5) / 1e5;
  return middle > low && middle <= high ? middle : high;
}

/** Mean of the precision over the recall, by the steps of the curve. */
export function averagePrecision(curve: readonly CurvePoint[]): number {
  let sum = 0;
  let before = 0;
  for (const { precision, recall } of curve) {
    sum += precision * (recall - before);
    before = recall;
  }
  return sum;
}

/** Probability that a pair that tells the same scores more than one that does not; of equal scores half (Mann and Whitney 1947). */
export function areaUnderRoc(labelled: readonly LabelledScore[]): number {
  const sorted = byScore(labelled).reverse();
  let [sum, below, same] = [0, 0, 0];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let equal = 0;
    for (; to < sorted.length && sorted[to]?.score === sorted[from]?.score; to++) if (sorted[to]?.same) equal++;
    sum += equal * (below + (to - from - equal) / 2);
    below += to - from - equal;
    same += equal;
    from = to;
  }
  return sum / (same * below);
}
