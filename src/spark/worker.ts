import type { Readable } from 'node:stream';
import { KNOWN_CORPUS } from '../candidates/overlap.js';
import {
  AMONG_OTHERS,
  BY_BAND,
  BY_LEADER,
  BY_TERMS,
  CROWD,
  IN_CROWD,
  MOSTLY_OTHERS,
  OTHERS,
} from '../candidates/pairs.js';
import { MOST_PARTNERS } from '../candidates/termpairs.js';
import { createAnalyser } from '../corpus/analyser.js';
import { Workbench } from '../corpus/workbench.js';
import { TwicetoldError } from '../errors.js';
import { loadLexicons } from '../lexicon/all.js';
import { resolveOptions, type Settings } from '../settings/options.js';
import { WITNESSES } from '../text/boilerplate.js';
import type { DetectorOptions } from '../types.js';
import { leaders, overlap, partners, terms } from './candidatesteps.js';
import { keys, recurring, surroundings } from './documentsteps.js';
import { loadArrow, readFrames, writeFrames } from './frames.js';
import { cluster, verify } from './pairsteps.js';
import type { Step } from './step.js';

/** The steps that a worker can do, in the order of a run. */
export const STEPS = {
  keys,
  surroundings,
  recurring,
  terms,
  partners,
  leaders,
  overlap,
  verify,
  cluster,
} satisfies Record<string, Step>;

/** Options of a worker: those of the detector, and its own. */
export interface WorkerOptions {
  readonly detector: DetectorOptions;
  readonly strict: boolean;
  /** Documents of the whole corpus; for `overlap`. */
  readonly documents: number;
}

/** Does one step for the rows of an Arrow IPC stream, and writes what comes of them as another. */
export async function work(
  step: keyof typeof STEPS,
  { detector, strict, documents }: WorkerOptions,
  input: Readable,
  output: NodeJS.WritableStream,
): Promise<void> {
  const settings = resolveOptions(detector);
  const arrow = await loadArrow();
  const { takes, optional, gives, reads = false, run }: Step = STEPS[step];
  const bench = await workbench(settings, reads);
  const rows = run(readFrames(arrow, input, takes, optional), { settings, bench, strict, documents });
  await writeFrames(arrow, output, gives, rows);
}

async function workbench(settings: Settings, reads: boolean): Promise<Workbench> {
  const lexicons = await loadLexicons(settings.languages, settings.lexicon && reads);
  const store = {
    put: () => 0,
    get(): never {
      throw new TwicetoldError('INVALID_ARGUMENT', 'a worker keeps no document from one row to the next');
    },
  };
  const analyser = await createAnalyser(reads ? settings : { ...settings, languages: ['und'] }, lexicons);
  return new Workbench(settings, analyser, store);
}

/** What a driver must know to do its part as `detect` does: the options with every default, the constants of the search, the columns. */
export function plan(detector: DetectorOptions): Record<string, unknown> {
  const { banding, ...settings } = resolveOptions(detector);
  const columns = Object.entries(STEPS as Record<string, Step>).map(([name, { takes, optional, gives }]) => [
    name,
    { takes: { ...optional, ...takes }, gives },
  ]);
  return {
    options: settings,
    bands: banding.bands,
    mostPartners: MOST_PARTNERS,
    knownCorpus: KNOWN_CORPUS,
    witnesses: WITNESSES,
    crowd: CROWD,
    others: OTHERS,
    mostlyOthers: MOSTLY_OTHERS,
    kinds: { BY_TERMS, BY_BAND, IN_CROWD, BY_LEADER, AMONG_OTHERS },
    steps: Object.fromEntries(columns),
  };
}
