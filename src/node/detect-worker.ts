import { parentPort, workerData } from 'node:worker_threads';
import { createAnalyser } from '../corpus/analyser.js';
import type { Job } from '../corpus/jobs.js';
import { Workbench } from '../corpus/workbench.js';
import { TwicetoldError } from '../errors.js';
import { setSharedKernel } from '../kernel/kernel.js';
import { Lexicon } from '../lexicon/lexicon.js';
import type { CrewStart, JobAnswer } from './crew.js';
import { SpillStore } from './spill.js';

const { settings, wasm, descriptors, own, lexicons: buffers } = workerData as CrewStart;
setSharedKernel(wasm);
const lexicons = new Map(buffers.map(({ language, buffer }) => [language, new Lexicon(language, buffer)]));
const store = new SpillStore(descriptors, own, lexicons);
const bench = createAnalyser(settings, lexicons).then((analyser) => new Workbench(settings, analyser, store));

parentPort?.on('message', (job: Job) => {
  void bench
    .then((ready): JobAnswer => {
      const result = ready.do(job);
      // The next job on another thread may ask for what this one wrote.
      if (job.op === 'read' || job.op === 'reread') store.flush();
      return { result };
    })
    .catch(
      (error: Error): JobAnswer => ({
        failed: {
          code: error instanceof TwicetoldError ? error.code : undefined,
          message: error.message,
          stack: error.stack,
        },
      }),
    )
    .then((answer) => {
      const columns = answer.result !== undefined && 'columns' in answer.result ? [answer.result.columns.buffer] : [];
      parentPort?.postMessage(answer, columns);
    });
});
