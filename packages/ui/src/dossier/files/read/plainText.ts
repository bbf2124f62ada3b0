import type { BlockList } from './blockList.ts';

/** Adds a plain text: blank lines part its paragraphs; lines broken to a width flow together again. */
export function addPlainText(text: string, list: BlockList): void {
  for (const paragraph of text.replaceAll('\r', '').split(/\n[ \t]*\n/)) {
    if (list.isFull) return;
    const lines = paragraph.split('\n');
    const isBroken = lines.slice(0, -1).every((line) => line.trimEnd().length > 50);
    if (isBroken) list.paragraph(paragraph);
    else for (const line of lines) list.paragraph(line);
  }
}
