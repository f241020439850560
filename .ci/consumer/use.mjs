import { createDetector, MinHasher } from 'twicetold';
import * as node from 'twicetold/node';

const detector = await createDetector();
const result = await detector.compare('the same tale told twice', 'the same tale told twice, again');
const signature = new MinHasher().sign('the same tale told twice');
console.log(`ESM: ${JSON.stringify(result).length > 2}, ${signature.length} values, ${Object.keys(node).length} names`);
