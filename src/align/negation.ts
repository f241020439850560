import type { AnalysedText } from '../text/analyse.js';

/** Negations by language; elsewhere none are known. */
const NEGATIONS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|unable|denied|denies|deny|fail|failed|fails)\b|n['’]t\b/gi,
};

/** Whether a sentence has an odd number of negations. */
export function isNegated(doc: AnalysedText, s: number, language: string | undefined): boolean {
  const pattern = language === undefined ? undefined : NEGATIONS[language];
  if (pattern === undefined) return false;
  const text = doc.text.slice(doc.sentences[2 * s], doc.sentences[2 * s + 1]);
  return (text.match(pattern)?.length ?? 0) % 2 === 1;
}
