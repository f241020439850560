import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../types.js';
import type { Output } from './host.js';

const WORDS: Record<Progress['stage'], string> = {
  read: 'reading',
  candidates: 'signing',
  compare: 'comparing',
  encode: 'encoding',
  cluster: 'clustering',
};

/** A progress bar on stderr, where that is a terminal and the run takes long enough to be waited for. */
export class ProgressBar {
  readonly #stream: Output;
  readonly #begun = Date.now();
  #bar: SingleBar | undefined;
  #stage: Progress['stage'] | undefined;

  constructor(stream: Output) {
    this.#stream = stream;
  }

  update = ({ stage, done, total }: Progress): void => {
    if (this.#stream.isTTY !== true || Date.now() - this.#begun < 300) return;
    if (stage !== this.#stage) {
      this.stop();
      this.#stage = stage;
      const format =
        total === undefined
          ? `${WORDS[stage]} {value}`
          : `${WORDS[stage]} {bar} {percentage} % | {value} of {total} | {eta_formatted} left`;
      this.#bar = new SingleBar(
        { format, stream: this.#stream as NodeJS.WriteStream, clearOnComplete: true, hideCursor: true },
        Presets.shades_grey,
      );
      this.#bar.start(total ?? 0, 0);
    }
    this.#bar?.update(done);
  };

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#stage = undefined;
  }
}
