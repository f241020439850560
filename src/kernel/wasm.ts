/**
 * The compiled kernel in base64. The build and the tests put it here (see `compile.ts`); run straight from source
 * it stays empty, and the reference signs instead.
 */
export const KERNEL_WASM: string = '';
