import { dayAt, type SearchableKind } from '@liasse/core';
import type { MarkedText } from '@liasse/core/search';
import {
  CalendarClock,
  FileText,
  FolderClosed,
  ListOrdered,
  type LucideIcon,
  NotebookPen,
  SquareKanban,
} from 'lucide-react';
import { type RefObject, useEffect } from 'react';
import { usePlatform } from '../app/context.tsx';
import { Icon, ListRow, useFormat, useStrings } from '../kit/index.ts';
import type { SearchHit } from './device/contract.ts';
import type { SearchAnswer } from './device/searchService.ts';
import css from './search.module.css';
import { searchStrings } from './search.strings.ts';
import { pathOf } from './searchPlace.ts';

const ICONS: Readonly<Record<SearchableKind, LucideIcon>> = {
  dossier: FolderClosed,
  piece: FileText,
  note: NotebookPen,
  meeting: CalendarClock,
  item: ListOrdered,
  card: SquareKanban,
};

interface ResultListProps {
  readonly answer: SearchAnswer;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onEscape: () => void;
}

/** The results, best first. They are links: what a browser does with links works. @see SPEC.md X19 */
export function ResultList({ answer, list, field, onEscape }: ResultListProps) {
  const t = useStrings(searchStrings);
  useArrows(list, { field, onEscape });
  return (
    <ul ref={list} className={css.list} aria-label={t('resultList')}>
      {answer.hits.map((hit) => (
        <Result key={hit.key} hit={hit} snippet={answer.snippets.get(hit.key) ?? []} />
      ))}
    </ul>
  );
}

function Result({ hit, snippet }: { readonly hit: SearchHit; readonly snippet: readonly MarkedText[] }) {
  const t = useStrings(searchStrings);
  const format = useFormat();
  const today = dayAt(usePlatform().clock.now());
  return (
    <ListRow
      href={pathOf(hit)}
      leading={<Icon icon={ICONS[hit.kind]} />}
      title={hit.title.length > 0 ? <Marked parts={hit.title} /> : t('untitled')}
      meta={
        <>
          {snippet.length > 0 && (
            <span className={css.snippet}>
              <Marked parts={snippet} />
            </span>
          )}
          <span>{t(hit.kind)}</span>
          {hit.within && <span className={css.fact}>{hit.within.title || t(hit.within.kind)}</span>}
          <time className={css.fact} dateTime={dayAt(hit.at)}>
            {format.day(dayAt(hit.at), today)}
          </time>
        </>
      }
    />
  );
}

function Marked({ parts }: { readonly parts: readonly MarkedText[] }) {
  return parts.map(({ text, isMarked }, at) => (isMarked ? <mark key={at}>{text}</mark> : text));
}

/** Arrows go from result to result, and from the first back to the field; Escape empties it. */
function useArrows(
  list: RefObject<HTMLUListElement | null>,
  { field, onEscape }: { readonly field: RefObject<HTMLInputElement | null>; readonly onEscape: () => void },
): void {
  useEffect(() => {
    const results = list.current;
    if (results === null) return;
    const onKey = (event: KeyboardEvent) => {
      const links = [...results.querySelectorAll('a')];
      const at = links.indexOf(document.activeElement as HTMLAnchorElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Escape') {
        field.current?.focus();
        onEscape();
      } else if (to === undefined) return;
      else if (to < 0) field.current?.focus();
      else links[to]?.focus();
      event.preventDefault();
    };
    results.addEventListener('keydown', onKey);
    return () => results.removeEventListener('keydown', onKey);
  }, [list, field, onEscape]);
}
