// Reading files without a screen: what the extension does with a PDF it fetched inside a page. No React below this line.

export { type ReadFile, readFile } from './dossier/files/read/readFile.ts';
