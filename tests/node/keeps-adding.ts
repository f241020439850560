/** A process that adds documents until it is killed, and says of each when the addition has returned: for open-index.test.ts. */
import { openIndex } from '../../src/node/index.js';

const index = await openIndex(process.argv[2] as string, { lexicon: false });
for (let n = index.size; ; n++) {
  index.add({ id: `${n}`, text: `The council of town ${n} voted on Monday to close the old bridge.` });
  process.stdout.write(`${n}\n`);
}
