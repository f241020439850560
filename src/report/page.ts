/**
 * The code and style of the page, and their hashes for its Content-Security-Policy. The build and the tests put them
 * here (see `bundle.ts`); run straight from source they stay empty, and the page is what can be read without a script.
 */
export const PAGE_SCRIPT: string = '';
export const PAGE_STYLE: string = '';
export const PAGE_SCRIPT_HASH: string = "'none'";
export const PAGE_STYLE_HASH: string = "'none'";
