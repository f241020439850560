import type { Progress } from '../types.js';
import type { Job, Results } from './jobs.js';
import type { Pace } from './pace.js';

/** Does jobs, on one thread or several. */
export interface Crew {
  /** Documents a job, and jobs under way at once. */
  readonly batch: number;
  readonly ahead: number;
  do<J extends Job>(job: J): Results[J['op']] | Promise<Results[J['op']]>;
}

/** A job, and what to do with what comes of it. */
export interface Task {
  readonly job: Job;
  take(result: Results[Job['op']]): void;
}

/** Jobs that may be done in any order; what comes of them is taken in theirs. */
export interface Work {
  readonly stage: Progress['stage'];
  /** Steps of the stage before these, and in all. */
  readonly before: number;
  readonly total: number;
  readonly tasks: Iterable<Task>;
}

/** Something to wait for that is no work of the crew's. */
export interface Wait {
  readonly stage: Progress['stage'];
  wait(pace: Pace): Promise<void>;
}

/** Has tasks done, several at once where the crew can, and takes the results in the order of the tasks. */
export async function share({ stage, before, total, tasks }: Work, crew: Crew, pace: Pace): Promise<void> {
  const pending: { task: Task; result: Promise<Results[Job['op']]> }[] = [];
  let done = before;
  const take = async () => {
    const { task, result } = pending.shift() as (typeof pending)[number];
    task.take(await result);
    done += stepsOf(task.job);
  };
  for (const task of tasks) {
    const result = Promise.resolve(crew.do(task.job));
    result.catch(() => undefined);
    pending.push({ task, result });
    if (pending.length >= crew.ahead) await take();
    await pace.step({ stage, done: Math.min(done, total - 1), total });
  }
  while (pending.length > 0) await take();
}

function stepsOf(job: Job): number {
  return 'kinds' in job ? job.kinds.length : job.op === 'read' ? job.sources.length : job.places.length;
}

/** The items in arrays of `size`, the last one of what is left. */
export function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
