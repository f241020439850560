import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** What `detect` took on one thread of a process of its own. */
export interface Alone {
  seconds: number;
  cpuSeconds: number;
}

/** Has `detect` of the built package read a file of JSON lines, and writes its report as the driver writes one. */
export async function detectAlone(documents: string, report: string): Promise<Alone> {
  const script = `
    import { createReadStream, writeFileSync } from 'node:fs';
    import { createInterface } from 'node:readline';
    import { detect } from ${JSON.stringify(resolve('dist/node.js'))};
    async function* read() {
      for await (const line of createInterface({ input: createReadStream(${JSON.stringify(documents)}) })) yield JSON.parse(line);
    }
    const begun = performance.now();
    const found = await detect(read());
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage();
    writeFileSync(${JSON.stringify(report)}, JSON.stringify(found) + '\\n');
    console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6 }));`;
  const flags = ['--max-old-space-size=8000', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return JSON.parse(stdout);
}

/** Whether two files hold the same bytes. */
export function sameBytes(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other));
}
