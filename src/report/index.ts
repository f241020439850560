/**
 * A report as a page to look at, and in words.
 *
 * @packageDocumentation
 */
export { type DotPlotOptions, renderDotPlot } from './dotplot.js';
export { type ExplainOptions, type Explanation, explain } from './explain.js';
export { type HtmlOptions, renderHtml } from './html.js';
