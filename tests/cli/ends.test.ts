import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/program.js';

vi.setConfig({ testTimeout: 90_000 });

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twicetold-ends-'));
  writeFileSync(at('b.txt'), 'The council of Porto closed the old bridge on Monday.');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(process.platform !== 'win32')('a run that waits for a pipe that nobody writes to', () => {
  const scan = (args: readonly string[], after?: number) => twicetold(['scan', ...args], after);

  /** Runs a command as a process, and interrupts it after so many milliseconds. */
  function twicetold(args: readonly string[], after?: number): Promise<{ code: number | null; err: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), after);
    const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
    return new Promise((resolve) =>
      child.on('close', (code) => {
        clearTimeout(timer);
        clearTimeout(late);
        resolve({ code, err });
      }),
    );
  }

  it('ends with its exit code when its time is over, and when it is stopped', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const late = await scan([at('pipe'), at('b.txt'), '--timeout-ms', '1000']);
    expect(late).toEqual({ code: 3, err: expect.stringContaining('longer than timeoutMs, 1000 ms') });
    let stopped: typeof late = { code: null, err: '' };
    // Too early the program is not there yet to hear it, and is ended by the signal itself.
    for (const after of [3000, 9000, 20_000])
      if (stopped.code === null) stopped = await scan([at('pipe'), at('b.txt')], after);
    expect(stopped).toEqual({ code: 130, err: 'twicetold: stopped before anything was compared.\n' });
  });

  it.each([
    ['compare', 'b.txt', 'silent'],
    ['index', 'add', 'ix', 'silent'],
    ['calibrate', 'silent'],
  ])('ends when its time is over: %s', async (...args) => {
    if (!existsSync(at('silent'))) execFileSync('mkfifo', [at('silent')]);
    const named = args.map((arg) => (['b.txt', 'ix', 'silent'].includes(arg) ? at(arg) : arg));
    const late = await twicetold([...named, '--timeout-ms', '500', '--quiet']);
    expect(late).toEqual({ code: 3, err: expect.stringContaining('longer than timeoutMs, 500 ms') });
  });
});

describe.runIf(process.platform === 'linux')('messages that a full disk does not take', () => {
  it('change nothing of a run', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
        stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')],
        encoding: 'utf8',
        timeout: 40_000,
      });
    expect(run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d/) });
    expect(run('scan', at('b.txt'), at('nowhere.txt'), '--quiet')).toMatchObject({ status: 3, signal: null });
  });
});

describe('an error that nobody expected', () => {
  afterAll(() => void vi.unstubAllEnvs());

  it('has an exit code of its own, asks to be reported, and says where it arose where that is asked for', async () => {
    let err = '';
    const stderr = new Writable({
      write(chunk, _, done) {
        err += chunk;
        done();
      },
    });
    const stdout = Object.assign(new Writable(), {
      write: () => {
        throw new TypeError('no \u001b[31mwriting');
      },
    });
    const host = { stdout, stderr, exitCode: undefined as number | undefined, once: () => {} };
    vi.stubEnv('DEBUG', '');
    await run(['completion', 'bash'], host);
    expect(host.exitCode).toBe(70);
    expect(err).toMatch(
      /^twicetold: TypeError: no \ufffd\[31mwriting: a fault of twicetold itself; please report it.*\n$/,
    );
    err = '';
    vi.stubEnv('DEBUG', '1');
    await run(['completion', 'bash'], host);
    expect(err).toMatch(/^\s+at .*ends\.test\.ts/m);
    expect(err).not.toContain('\u001b');
  });
});
