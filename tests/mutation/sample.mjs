import { createHash } from 'node:crypto';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';

/*
 * Stryker has no way to try some of the mutants only, except by lines, and a mutant of many lines is in no sample of lines. A checker is
 * asked about each, and what it turns down is in no score.
 */
class Sample {
  static inject = tokens(commonTokens.options);

  constructor({ sample: { every, seed } }) {
    this.every = every;
    this.seed = seed;
  }

  async init() {}

  group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        this.#isDrawn(mutant) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    );
  }

  /** By what the mutant is and not by its number, so that a change of one file leaves the sample of the others. */
  #isDrawn({ fileName, location: { start }, mutatorName, replacement }) {
    const name = fileName.slice(fileName.lastIndexOf('/src/'));
    const key = JSON.stringify([this.seed, name, start.line, start.column, mutatorName, replacement]);
    return createHash('sha256').update(key).digest().readUInt32LE() % this.every === 0;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
