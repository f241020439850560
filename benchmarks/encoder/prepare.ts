/** Makes the model that tests/encoder and `npm run eval -- rewrites <data> --encoder` run: `npx tsx benchmarks/encoder/prepare.ts`. */
import { MODEL, prepareModel } from './model.js';

await prepareModel();
console.log(MODEL);
