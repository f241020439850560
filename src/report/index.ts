/**
 * A report as a page to look at.
 *
 * @packageDocumentation
 */
export { type HtmlOptions, renderHtml } from './html.js';
