import { type TextBlock, toHtml } from '@liasse/core';

/** A line of what a piece says of itself. `href`: an address that may be followed. */
export interface AboutLine {
  readonly label: string;
  readonly value: string;
  readonly href?: string;
}

interface PiecePage {
  readonly title: string;
  readonly language: string | null;
  readonly about: readonly AboutLine[];
  readonly blocks: readonly TextBlock[];
}

const STYLE =
  'body{max-width:68ch;margin:2rem auto;padding:0 1rem;font:1.125rem/1.55 serif}dl,table{font:1rem/1.5 sans-serif}' +
  'dt{float:left;clear:left;margin-inline-end:.5em;color:#555}dd{margin:0;overflow-wrap:anywhere}hr{margin:2rem 0}' +
  'p,blockquote{white-space:pre-line}pre{white-space:pre-wrap}ul{list-style:none;padding:0}' +
  'table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;text-align:start;vertical-align:top}';

/** A piece’s readable text as one page that opens anywhere: no script, nothing loaded. What its author wrote is text in it, never markup. */
export function pieceHtml({ title, language, about, blocks }: PiecePage): string {
  const lang = language === null ? '' : ` lang="${escaped(language)}"`;
  return `<!doctype html>
<html${lang}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<dl>
${about.map(aboutHtml).join('\n')}
</dl>
<hr>
<main>
${toHtml(blocks)}
</main>
</body>
</html>
`;
}

function aboutHtml({ label, value, href }: AboutLine): string {
  const isWeb = href !== undefined && /^https?:\/\//.test(href);
  const shown = isWeb ? `<a href="${escaped(href)}" rel="noreferrer">${escaped(value)}</a>` : escaped(value);
  return `<dt>${escaped(label)}</dt><dd>${shown}</dd>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
