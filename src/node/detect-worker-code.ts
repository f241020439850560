/**
 * The code of `detect-worker.ts` with all that it imports, as one script; see `worker-code.ts`.
 */
export const DETECT_WORKER_CODE: string = '';
