import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type SparkPython, sparkPython } from './python.js';

/** What a run of the driver came to. */
export interface Submitted {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** Settings of Spark for small corpora: few partitions, little memory. */
const SMALL = {
  'spark.sql.shuffle.partitions': '3',
  'spark.executor.memory': '1g',
  'spark.driver.memory': '1g',
  'spark.executor.heartbeatInterval': '5s',
  'spark.ui.enabled': 'false',
  // The first compiler alone: nothing runs long enough for the second to pay.
  'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
  'spark.executor.extraJavaOptions': '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
};

/** A standalone cluster on the loopback: a master and workers of one core each, processes of their own. */
export class SparkCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'twicetold-spark-'));
  readonly #spark: SparkPython;
  readonly #processes: ChildProcess[] = [];
  #port = 0;

  private constructor() {
    this.#spark = sparkPython();
  }

  /** @param held hold each worker, with all that it starts, to one core of the machine, so that it is a machine of one core */
  static async start(workers: number, memory = '1200m', held = false): Promise<SparkCluster> {
    const cluster = new SparkCluster();
    try {
      cluster.#port = await freePort();
      const host = ['--host', '127.0.0.1'];
      const ui = async () => ['--webui-port', String(await freePort())];
      await cluster.#daemon(
        'master',
        ['org.apache.spark.deploy.master.Master', ...host, '--port', String(cluster.#port), ...(await ui())],
        /I have been elected leader/,
      );
      for (let n = 0; n < workers; n++) {
        const own = join(cluster.folder, `worker-${n}`);
        mkdirSync(own);
        await cluster.#daemon(
          `worker-${n}`,
          [
            'org.apache.spark.deploy.worker.Worker',
            ...[...host, '--cores', '1', '--memory', memory, '--work-dir', own, ...(await ui())],
            cluster.url,
          ],
          /Successfully registered with master/,
          held ? ['taskset', '--cpu-list', String(n % cpus().length)] : [],
        );
      }
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get url(): string {
    return `spark://127.0.0.1:${this.#port}`;
  }

  /** The processes of master and workers. */
  get pids(): number[] {
    return this.#processes.map(({ pid }) => pid as number);
  }

  /** Runs the driver by spark-submit, with the given settings of Spark over the small ones. */
  submit(
    args: readonly string[],
    settings: Record<string, string> = {},
    env: NodeJS.ProcessEnv = {},
  ): Promise<Submitted> {
    const confs = Object.entries({ ...SMALL, ...settings }).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
    const script = resolve('src/spark/twicetold_spark.py');
    const begun = performance.now();
    const child = spawn(join(this.#spark.home, 'bin/spark-submit'), ['--master', this.url, ...confs, script, ...args], {
      env: { ...this.#env(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    return new Promise((done, failed) => {
      child.on('error', failed);
      child.on('close', (code) => done({ code, out, err, seconds: (performance.now() - begun) / 1000 }));
    });
  }

  /** The Java processes that executors are now. */
  executors(): number[] {
    return descendants(this.pids).filter((pid) => commandOf(pid).includes('CoarseGrainedExecutorBackend'));
  }

  async stop(): Promise<void> {
    // Workers first, so that they end their executors.
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const below = descendants([child.pid as number]);
      await new Promise<void>((done) => {
        child.once('close', () => done());
        child.kill();
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
      });
      for (const pid of below) if (commandOf(pid) !== '') tryKill(pid);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #env(): NodeJS.ProcessEnv {
    const { python, home } = this.#spark;
    return {
      ...process.env,
      SPARK_HOME: home,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_DAEMON_MEMORY: '256m',
      SPARK_DAEMON_JAVA_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
      SPARK_LOCAL_DIRS: join(this.folder, 'local'),
      PYSPARK_PYTHON: python,
      PYSPARK_DRIVER_PYTHON: python,
    };
  }

  #daemon(name: string, args: readonly string[], ready: RegExp, under: readonly string[] = []): Promise<void> {
    const [command, ...rest] = [...under, join(this.#spark.home, 'bin/spark-class'), ...args] as [string, ...string[]];
    const child = spawn(command, rest, {
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#processes.push(child);
    let said = '';
    return new Promise((done, failed) => {
      const listen = (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-20_000);
        if (ready.test(said)) done();
      };
      child.stdout?.on('data', listen);
      child.stderr?.on('data', listen);
      child.on('close', (code) => failed(new Error(`the ${name} of Spark ended with ${code}: ${said.slice(-1000)}`)));
    });
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** All processes below the given ones. */
export function descendants(pids: readonly number[]): number[] {
  const parents = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(entry)]);
    } catch {
      // It has ended.
    }
  }
  const found: number[] = [];
  const look = (pid: number) => {
    for (const child of parents.get(pid) ?? []) {
      found.push(child);
      look(child);
    }
  };
  pids.forEach(look);
  return found;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
