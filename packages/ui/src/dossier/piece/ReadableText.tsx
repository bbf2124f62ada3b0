import { type Passage, passagesOf, type TextBlock } from '@liasse/core';
import { type JSX, memo, useMemo } from 'react';
import { Words } from '../highlights/Words.tsx';
import css from './piece.module.css';
import { headingLevels, withoutTitle } from './readableBlocks.ts';

/** A piece's text to read. `lang`: as the page declared it, so that it is spoken and hyphenated in its language. */
export const ReadableText = memo(function ReadableText({
  blocks: whole,
  title,
  lang,
}: {
  readonly blocks: readonly TextBlock[];
  /** The piece's, which stands above. */
  readonly title: string;
  readonly lang: string | null;
}) {
  const blocks = useMemo(() => withoutTitle(whole, title), [whole, title]);
  const passages = useMemo(() => passagesOf(blocks), [blocks]);
  const levels = useMemo(() => headingLevels(blocks), [blocks]);
  const levelOf = (passage: Passage) => (passage.kind === 'heading' ? (levels.get(passage) ?? 2) : 2);
  return (
    <div className={css.text} {...(lang !== null && { lang })}>
      {keyed(passages).map(([key, passage]) => (
        <PassageView key={key} passage={passage} level={levelOf(passage)} />
      ))}
    </div>
  );
});

function PassageView({ passage, level }: { readonly passage: Passage; readonly level: number }): JSX.Element {
  switch (passage.kind) {
    case 'heading': {
      const Heading = `h${level}` as 'h2';
      return (
        <Heading>
          <Words block={passage} text={passage.text} />
        </Heading>
      );
    }
    case 'quote':
      return (
        <blockquote>
          <Words block={passage} text={passage.text} />
        </blockquote>
      );
    case 'preformatted':
      return (
        <pre>
          <Words block={passage} text={passage.text} />
        </pre>
      );
    case 'paragraph':
      return (
        <p>
          <Words block={passage} text={passage.text} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {keyed(passage.items).map(([key, item]) => (
            <li key={key} data-depth={item.depth}>
              <span className={css.marker}>{item.marker ?? '–'}</span>
              <span>
                <Words block={item} text={item.text} />
              </span>
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <Table rows={passage.rows} />;
  }
}

function Table({ rows }: { readonly rows: Extract<Passage, { kind: 'table' }>['rows'] }) {
  const heads = rows.findIndex((row) => !row.header);
  const body = heads === -1 ? rows.length : heads;
  return (
    <div className={css.table}>
      <table>
        {body > 0 && (
          <thead>
            {keyed(rows.slice(0, body)).map(([key, row]) => (
              <tr key={key}>
                {keyed(row.cells).map(([cellKey, cell]) => (
                  <th key={cellKey} scope="col">
                    <Words block={row} cell={cellKey} text={cell} />
                  </th>
                ))}
              </tr>
            ))}
          </thead>
        )}
        <tbody>
          {keyed(rows.slice(body)).map(([key, row]) => (
            <tr key={key}>
              {keyed(row.cells).map(([cellKey, cell]) => (
                <td key={cellKey}>
                  <Words block={row} cell={cellKey} text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A text never changes: its parts are told apart by their place. */
const keyed = <T,>(parts: readonly T[]): readonly (readonly [key: number, part: T])[] =>
  parts.map((part, at) => [at, part]);
