import Table from 'cli-table3';
import { type Calibration, type ChosenPoint, calibrate } from '../../calibrate/calibrate.js';
import { pointAt } from '../../calibrate/curve.js';
import { createDetector } from '../../ondemand.js';
import { count, listed } from '../../report/words.js';
import { inTime } from '../documents.js';
import { usage } from '../exit.js';
import { type DetectorFlags, detectorOptions, type ReadFlags } from '../flags.js';
import type { Host } from '../host.js';
import { type Cells, labelledPairs } from '../labelled.js';
import { checkOutputs } from '../outputs.js';
import { plain, printable, printableJson, ROWS } from '../terminal.js';
import { put } from '../write.js';

/** Flags of `twicetold calibrate`. */
export interface CalibrateFlags extends DetectorFlags, ReadFlags {
  sentences?: boolean;
  cells?: Cells;
  precision?: number;
  json?: true | string;
  svg?: string;
  quiet?: boolean;
}

/** Pairs shown that are scored most unlike their label. */
const SHOWN = 3;

/** Says what scores mean on labelled pairs, and which threshold to take. */
export async function calibrateOn(path: string, flags: CalibrateFlags, host: Host): Promise<void> {
  const json = flags.json === true ? '-' : flags.json;
  if (json === '-' && flags.svg === '-')
    throw usage('only one of --json and --svg can be printed; write the other to a file');
  const outputs = { json, svg: flags.svg };
  checkOutputs(outputs, [path, flags.config]);
  const detector = await createDetector(detectorOptions(flags));
  const names: string[] = [];
  const labels: boolean[] = [];
  // The files that the table names are known only when it is read.
  const onFile = (file: string) => checkOutputs(outputs, [file]);
  async function* pairs() {
    for await (const pair of inTime(labelledPairs(path, flags.cells, flags, onFile), flags)) {
      names.push(pair.name);
      labels.push(pair.same);
      yield pair;
    }
  }
  const calibration = await calibrate(pairs(), {
    detector,
    of: flags.sentences ? 'sentences' : 'documents',
    ...(flags.precision === undefined ? {} : { precision: flags.precision }),
  });
  if (flags.svg !== undefined) {
    const { renderCalibration } = await import('../../calibrate/picture.js');
    await put(flags.svg, renderCalibration(calibration), host);
  }
  if (json !== undefined) await put(json, printableJson(calibration), host);
  if (json !== '-' && flags.svg !== '-' && !flags.quiet) host.stdout.write(calibrationText(calibration, names, labels));
}

/** A calibration as text for a terminal. */
function calibrationText(calibration: Calibration, names: readonly string[], labels: readonly boolean[]): string {
  const { pairs, same, of, auc, averagePrecision } = calibration;
  return `${[
    `${count(pairs, 'pair')} of ${of}, ${same} of them the same. A pair that is the same scores more than one that is not with a probability of ${auc.toFixed(3)}; average precision ${averagePrecision.toFixed(3)}.`,
    advice(calibration),
    thresholds(calibration, labels),
    `How often pairs of a score are the same:\n${meaning(calibration)}`,
    ...astray(calibration, names, labels),
  ].join('\n\n')}\n`;
}

function advice({ chosen, best, wanted, of }: Calibration): string {
  if (chosen === undefined)
    return `No threshold has a precision of ${wanted}; at ${best.threshold.toFixed(3)}, of the best F1, it is ${range(best, 'precision')}.`;
  const how =
    of === 'documents' && chosen.threshold >= 0.05
      ? ` In the API: rewriteThreshold: ${chosen.threshold.toFixed(3)}; on the command line: --rewrite-threshold ${chosen.threshold.toFixed(3)}.`
      : '';
  return `For a precision of ${wanted} take ${chosen.threshold.toFixed(3)}: precision ${range(chosen, 'precision')}, recall ${range(chosen, 'recall')}.${how}`;
}

/** A figure with where it lies at 95 % confidence. */
function range(point: ChosenPoint, what: 'precision' | 'recall'): string {
  const { low, high } = what === 'precision' ? point.precisionInterval : point.recallInterval;
  return `${point[what].toFixed(3)} (${low.toFixed(2)} to ${high.toFixed(2)} at 95 % confidence)`;
}

function thresholds({ chosen, best, present, scores }: Calibration, labels: readonly boolean[]): string {
  const labelled = scores.map((score, n) => ({ score, same: labels[n] as boolean }));
  const table = new Table({
    head: ['threshold', 'found', 'right', 'precision', 'recall', 'F1', ''],
    style: plain,
    chars: ROWS,
    colAligns: ['right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  const named = [
    ...(chosen === undefined ? [] : [{ ...chosen, note: 'for the wanted precision' }]),
    { ...best, note: 'best F1' },
    { ...present, note: 'as it is set' },
  ];
  const notes = new Map<number, string[]>();
  for (const { threshold, note } of named) notes.set(threshold, [...(notes.get(threshold) ?? []), note]);
  const round = Array.from({ length: 9 }, (_, n) => (n + 1) / 10).filter((threshold) => !notes.has(threshold));
  for (const at of [...round, ...notes.keys()].sort((x, y) => y - x)) {
    const { threshold, found, right, precision, recall, f1 } = pointAt(labelled, at);
    table.push([
      threshold.toFixed(3),
      found,
      right,
      found > 0 ? precision.toFixed(3) : '',
      recall.toFixed(3),
      f1.toFixed(3),
      listed(notes.get(threshold) ?? []),
    ]);
  }
  return table.toString();
}

function meaning({ reliability }: Calibration): string {
  const table = new Table({
    head: ['score', 'pairs', 'the same', 'at 95 % confidence'],
    style: plain,
    chars: ROWS,
    colAligns: ['left', 'right', 'right', 'left'],
  });
  for (const { from, to, pairs, share, low, high } of reliability)
    table.push([
      `${from.toFixed(1)} to ${to.toFixed(1)}`,
      pairs,
      pairs > 0 ? share.toFixed(2) : '',
      pairs > 0 ? `${low.toFixed(2)} to ${high.toFixed(2)}` : '',
    ]);
  return table.toString();
}

/** The pairs that are scored most unlike their label: the first to look at, for a wrong label or for what is not seen. */
function astray({ chosen, best, scores }: Calibration, names: readonly string[], labels: readonly boolean[]): string[] {
  const { threshold } = chosen ?? best;
  const all = scores.map((score, n) => ({ score, n }));
  const named = (title: string, wrong: typeof all) =>
    wrong.length === 0
      ? []
      : [
          `${title}: ${wrong
            .slice(0, SHOWN)
            .map(({ score, n }) => `${printable(names[n] as string)} (${score.toFixed(2)})`)
            .join(', ')}${wrong.length > SHOWN ? ` and ${wrong.length - SHOWN} more` : ''}.`,
        ];
  return [
    ...named(
      'Not the same, and found',
      all.filter(({ score, n }) => score >= threshold && !labels[n]).sort((x, y) => y.score - x.score),
    ),
    ...named(
      'The same, and not found',
      all.filter(({ score, n }) => score < threshold && labels[n]).sort((x, y) => x.score - y.score),
    ),
  ];
}
