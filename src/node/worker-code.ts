/**
 * The code of `sign-worker.ts` with all that it imports, as one script. The build and the tests put it here (see
 * `../kernel/compile.ts`), so that no bundler has to find a file; run straight from source it stays empty.
 */
export const WORKER_CODE: string = '';
