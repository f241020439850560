import { createDetector, MinHasher } from 'twicetold';
import { calibrate } from 'twicetold/calibrate';
import { type HtmlOptions, renderHtml } from 'twicetold/report';

export const result = (await createDetector()).compare('the same tale told twice', 'the same tale told twice, again');
export const length: number = new MinHasher().sign('the same tale told twice').length;
export const options: HtmlOptions = { title: 'Twice' };
export const page: string = renderHtml(await (await createDetector()).detect([]), options);
export const threshold: number = (await calibrate([{ score: 1, same: true }])).best.threshold;
