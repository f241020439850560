/** What is tried by each: script, event handlers, addresses, markup that fetches or sends, style, and templates of frameworks. */
const PAYLOADS = [
  '<script>hit(0)</script>',
  '<SCRIPT SRC=//127.0.0.1:9/x.js></SCRIPT>',
  '<scr<script>ipt>hit(0)</scr</script>ipt>',
  '<script/x>hit(0)</script\n>',
  '<img src=x onerror=hit(0)>',
  '<img/src/onerror=hit(0)>',
  '<image src=x onerror="hit(0)">',
  '<svg onload=hit(0)>',
  '<svg><script>hit&#40;0)</script></svg>',
  '<svg><animate onbegin=hit(0) attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=hit(0)>#x">',
  '<math><mi//xlink:href="javascript:hit(0)">click',
  '<body onload=hit(0)>',
  '<iframe src="javascript:hit(0)"></iframe>',
  '<iframe srcdoc="<script>parent.hit(0)</script>">',
  '<object data="javascript:hit(0)">',
  '<embed src="javascript:hit(0)">',
  '<a href="javascript:hit(0)" autofocus tabindex=1 onfocus=hit(0)>',
  '<a href="jav&#x0A;ascript:hit(0)">',
  '<details open ontoggle=hit(0)>',
  '<input autofocus onfocus=hit(0)>',
  '<video><source onerror=hit(0)></video>',
  '<audio src=x onerror=hit(0)>',
  '<marquee onstart=hit(0)>',
  '<form action="javascript:hit(0)"><button>',
  '<isindex action=javascript:hit(0) type=image>',
  '<base href="http://127.0.0.1:9/">',
  '<meta http-equiv=refresh content="0;url=javascript:hit(0)">',
  '<link rel=stylesheet href=//127.0.0.1:9/x.css>',
  '<style>*{background:url(//127.0.0.1:9/x)}</style>',
  '<p style="background:url(//127.0.0.1:9/x)">',
  '<template><script>hit(0)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=hit(0)>">',
  '<textarea><img src=x onerror=hit(0)></textarea>',
  '<title><img src=x onerror=hit(0)></title>',
  '<xmp><img src=x onerror=hit(0)></xmp>',
  '<!--><img src=x onerror=hit(0)>-->',
  '<![CDATA[<img src=x onerror=hit(0)>]]>',
  '<?xml version="1.0"?><x onload=hit(0)>',
  'javascript:hit(0)//',
  'JaVaScRiPt:hit(0)',
  'java\tscript:hit(0)',
  'data:text/html,<script>hit(0)</script>',
  'vbscript:hit(0)',
  '{{constructor.constructor("hit(0)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is tried.
  '${hit(0)}',
  '&lt;script&gt;hit(0)&lt;/script&gt;',
  '\\u003cscript\\u003ehit(0)\\u003c/script\\u003e',
  '%3Cscript%3Ehit(0)%3C/script%3E',
  '+ADw-script+AD4-hit(0)+ADw-/script+AD4-',
  '\ud800\\<img src=x onerror=hit(0)>',
];

/** What would end the place that a string stands in: an attribute, a script, JSON, a comment, a style. */
const ESCAPES = [
  '',
  '"><',
  "' autofocus onfocus='hit(0)' x='",
  '</script><!--<script>',
  '--></style></title></textarea>',
  '"]}\u2028\u2029</script>',
];

/**
 * 306 strings that try to be more than text, each with a number of its own. `hit` is a function that the test looks for: a browser that runs
 * any of them calls it, or fails to find it and reports an error.
 */
export const ATTACKS: readonly string[] = ESCAPES.flatMap((before, e) =>
  PAYLOADS.map((payload, p) => (before + payload).replaceAll('hit(0)', `hit(${1 + e * PAYLOADS.length + p})`)),
);
