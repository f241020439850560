import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { seededRandom } from '../arbitraries.js';
import { type Change, IDS, textOf } from './story.js';

/** What is asked of an index that was reopened. */
interface Opened {
  readonly size: number;
  has(id: string): boolean;
  query(text: string): { b: string; relation: string }[];
  close(): Promise<void>;
}

export interface Kills {
  readonly folder: string;
  /** Rounds, each of which ends with a kill. */
  readonly kills: number;
  /** Processes that try to open the index at once in each round; one must get it. */
  readonly writers: number;
  /** The longest that a writer is left to work, in milliseconds. */
  readonly longest: number;
  /** Arguments of Node before folder and seed: the writer, and the module that it takes `openIndex` from. */
  readonly command: readonly string[];
  readonly open: (folder: string) => Promise<Opened>;
  readonly seed: number;
  readonly onKill?: (kill: number) => void;
}

/** What the rounds came to. `wrong`: a sentence for everything that should not be. */
export interface Outcome {
  kills: number;
  acknowledged: number;
  /** Kills between what a writer was about to do and its word that it was done; of them, those after which it was done. */
  interrupted: number;
  completed: number;
  wrong: string[];
}

/** Kills writers of one index at random moments, and looks after each kill whether the index is what was acknowledged. */
export async function killWriters(options: Kills): Promise<Outcome> {
  const random = seededRandom(options.seed);
  const outcome: Outcome = { kills: 0, acknowledged: 0, interrupted: 0, completed: 0, wrong: [] };
  const documents = new Map<string, number>();
  for (let kill = 1; kill <= options.kills; kill++) {
    const wrong = (sentence: string) => void outcome.wrong.push(`kill ${kill}: ${sentence}`);
    const logs = await round(options, kill, random);
    const opened = logs.filter((lines) => lines[0] === 'open');
    if (opened.length !== 1)
      wrong(
        `${opened.length} of ${options.writers} writers had the index at once: ${logs.map((lines) => lines[0]).join(', ')}`,
      );
    for (const lines of logs)
      if (![undefined, 'open', 'refused IN_USE'].includes(lines[0])) wrong(`a writer said ${lines[0]}`);
    const { changes, pending } = read(opened[0] ?? []);
    for (const change of changes) apply(documents, change);
    outcome.acknowledged += changes.length;
    outcome.kills++;
    const index = await options.open(options.folder);
    if (pending !== undefined && !('save' in pending)) {
      outcome.interrupted++;
      const ids = 'remove' in pending ? [pending.remove] : pending.add.map(([id]) => id);
      const done = ids.filter((id) => index.has(id) === 'add' in pending);
      if (done.length > 0) {
        outcome.completed++;
        if (done.length < ids.length) wrong(`of ${JSON.stringify(pending)} a part was done`);
        apply(documents, pending);
      }
    }
    if (index.size !== documents.size)
      wrong(`the index has ${index.size} documents, and ${documents.size} were acknowledged`);
    for (let n = 0; n < IDS; n++) {
      const id = `${n}`;
      const made = documents.get(id);
      if (index.has(id) !== (made !== undefined))
        wrong(`document ${id} is ${made === undefined ? 'invented' : 'lost'}`);
      else if (
        made !== undefined &&
        !index.query(textOf(made)).some(({ b, relation }) => b === id && relation === 'duplicate')
      )
        wrong(`document ${id} is not the text ${made} that it was acknowledged with`);
    }
    await index.close();
    options.onKill?.(kill);
  }
  return outcome;
}

/** Starts the writers, kills them at a random moment after one has the index, and gives what each said. */
async function round(options: Kills, kill: number, random: () => number): Promise<string[][]> {
  const delay = random() ** 2 * options.longest;
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const children = Array.from({ length: options.writers }, (_, w) =>
    spawn(process.execPath, [...options.command, options.folder, String(kill * options.writers + w)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  const logs = children.map(async (child) => {
    const gone = once(child, 'close');
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line === 'open') begin();
    }
    // Its output ends before it does.
    await gone;
    return lines;
  });
  await Promise.race([begun, Promise.all(logs)]);
  await new Promise((resolve) => setTimeout(resolve, delay));
  for (const child of children) child.kill('SIGKILL');
  return Promise.all(logs);
}

/** What was acknowledged, and what was under way. */
function read(lines: readonly string[]): { changes: Change[]; pending: Change | undefined } {
  const changes: Change[] = [];
  let pending: Change | undefined;
  for (const line of lines) {
    if (line === '!' && pending !== undefined) {
      changes.push(pending);
      pending = undefined;
    } else if (line.startsWith('?')) {
      try {
        pending = JSON.parse(line.slice(1)) as Change;
      } catch {
        // Cut by the kill, and so before it was begun.
      }
    }
  }
  return { changes, pending };
}

function apply(documents: Map<string, number>, change: Change): void {
  if ('remove' in change) documents.delete(change.remove);
  else if ('add' in change) for (const [id, made] of change.add) documents.set(id, made);
}
