/** What the command line needs of the process that it runs in: `process` itself, or a stand-in. */
export interface Host {
  readonly stdout: Output;
  readonly stderr: Output;
  exitCode?: number | string | null | undefined;
  /** Signals that end a run. */
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** A stream that is written to, which may be a terminal. */
export interface Output extends NodeJS.WritableStream {
  columns?: number;
  isTTY?: boolean;
}

/** Writes a line. */
export function print(output: Output, line: string): void {
  output.write(`${line}\n`);
}
