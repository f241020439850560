import { createDetector, MinHasher } from 'twicetold';

export const result = (await createDetector()).compare('the same tale told twice', 'the same tale told twice, again');
export const length: number = new MinHasher().sign('the same tale told twice').length;
