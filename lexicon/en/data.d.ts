/** The English lexicon in base64: see src/lexicon/lexicon.ts for its columns, README.md for its sources. Made by lexicon/build. */
declare const data: string;
export default data;
