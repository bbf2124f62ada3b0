import * as Y from 'yjs';

/** Blocks that hold text rather than other blocks, as the editor writes them. */
const HARD_BREAK = 'hardBreak';

/** The words of a shared rich text, one line a block, without its marks. */
export function plainText(fragment: Y.XmlFragment): string {
  const lines: string[] = [];
  collect(fragment, lines);
  return lines.join('\n');
}

function collect(parent: Y.XmlFragment, lines: string[]): void {
  let line = '';
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) line += textOf(child);
    else if (child instanceof Y.XmlElement && child.nodeName === HARD_BREAK) line += ' ';
    else if (child instanceof Y.XmlElement) collect(child, lines);
  }
  if (line !== '') lines.push(line);
}

function textOf(text: Y.XmlText): string {
  const inserts: { readonly insert?: unknown }[] = text.toDelta();
  return inserts.map(({ insert }) => (typeof insert === 'string' ? insert : ' ')).join('');
}
