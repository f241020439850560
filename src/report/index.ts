/**
 * A report as a page to look at.
 *
 * @packageDocumentation
 */
export { type DotPlotOptions, renderDotPlot } from './dotplot.js';
export { type HtmlOptions, renderHtml } from './html.js';
