import type { AnalysedText } from '../text/analyse.js';

/** Negations by language; elsewhere none are known. */
const NEGATIONS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|unable|denied|denies|deny|fail|failed|fails)\b|n['’]t\b/gi,
};

/** Words of denial that deny nothing, or what comes with an end: no fewer than forty, not only, not until May, not ruled out. */
const NO_DENIALS: Readonly<Record<string, RegExp>> = {
  en: /\bno (?:fewer|less|more|later|earlier|sooner) than\b|\bnot (?:only|just|least|to mention)\b|\b(?:not|never|has|have|had) (?:not |been ){0,2}rul(?:e|ed|ing) out\b|(?:\bnot\b|n['’]t\b)(?=[^,;]{0,80}\buntil\b)/gi,
};

/** Whether a sentence has an odd number of negations. */
export function isNegated(doc: AnalysedText, s: number, language: string | undefined): boolean {
  const pattern = language === undefined ? undefined : NEGATIONS[language];
  if (pattern === undefined) return false;
  const text = doc.text.slice(doc.sentences[2 * s], doc.sentences[2 * s + 1]);
  const none = NO_DENIALS[language as string];
  return ((none === undefined ? text : text.replace(none, '')).match(pattern)?.length ?? 0) % 2 === 1;
}
