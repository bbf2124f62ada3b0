import { useEffect, useMemo, useRef, useState } from 'react';
import { usePage } from '../app/page.tsx';
import {
  Button,
  EmptyState,
  ErrorNote,
  Screen,
  SearchField,
  Skeleton,
  useCommand,
  useSnapshot,
  useStrings,
} from '../kit/index.ts';
import { SEARCH_COMMAND, SEARCH_KEY } from './command.ts';
import type { IndexState } from './device/contract.ts';
import type { SearchAnswer, SearchService } from './device/searchService.ts';
import { FilterBar } from './FilterBar.tsx';
import { ResultList } from './ResultList.tsx';
import css from './search.module.css';
import { searchStrings } from './search.strings.ts';
import { type SearchPlace, useSearchPlace } from './searchPlace.ts';
import { useTeamSearch } from './useTeamSearch.tsx';

/** Results that are shown at once, and that each *Afficher la suite* adds. */
const PAGE = 50;

/** Everything of the team that this device holds, found as one types. */
export default function SearchScreen() {
  const t = useStrings(searchStrings);
  usePage(t('search'));
  const { service, restart } = useTeamSearch();
  const place = useSearchPlace();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useFocusOnArrival(field);
  useCommand({ id: SEARCH_COMMAND, label: t('searchTeam'), shortcut: SEARCH_KEY, run: () => field.current?.select() });

  return (
    <Screen
      title={t('search')}
      toolbar={
        <SearchField
          label={t('searchTeam')}
          placeholder={t('field')}
          value={place.typed}
          onChange={place.type}
          inputRef={field}
          className={css.field ?? ''}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') list.current?.querySelector('a')?.focus();
            else event.continuePropagation();
          }}
        />
      }
    >
      {service === null ? (
        <Skeleton count={3} height={64} />
      ) : (
        <Results service={service} place={place} list={list} field={field} onRestart={restart} />
      )}
    </Screen>
  );
}

interface ResultsProps {
  readonly service: SearchService;
  readonly place: SearchPlace;
  readonly list: React.RefObject<HTMLUListElement | null>;
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly onRestart: () => void;
}

function Results({ service, place, list, field, onRestart }: ResultsProps) {
  const t = useStrings(searchStrings);
  const state = useSnapshot(service.state);
  const { typed, filters } = place;
  const [more, setMore] = useState({ typed, pages: 1 });
  const pages = more.typed === typed ? more.pages : 1;
  const request = useMemo(() => ({ typed, filters, limit: pages * PAGE }), [typed, filters, pages]);
  useEffect(() => {
    if (typed.trim() !== '') service.ask(request);
  }, [service, request, typed]);
  const answer = useSnapshot(service.answer);
  if (state.kind === 'failed' || answer?.isFailed) return <Failed onRetry={onRestart} />;
  if (typed.trim() === '') {
    return (
      <>
        <Progress state={state} />
        <EmptyState>{t('start')}</EmptyState>
      </>
    );
  }
  if (answer === null) {
    return (
      <>
        <Progress state={state} />
        <Skeleton count={5} height={64} />
      </>
    );
  }
  const { counts, hits } = answer;
  return (
    <div className={css.results}>
      <FilterBar place={place} counts={counts} />
      <div className={css.count}>
        <p role="status">{counts && t('results', { count: counts.total })}</p>
        <Progress state={state} />
      </div>
      {hits.length > 0 && <ResultList answer={answer} list={list} field={field} onEscape={() => place.type('')} />}
      {counts !== null && hits.length < counts.total && (
        <Button onPress={() => setMore({ typed, pages: pages + 1 })}>{t('more')}</Button>
      )}
      {counts?.total === 0 && <Nothing answer={answer} place={place} state={state} />}
    </div>
  );
}

function Progress({ state }: { readonly state: IndexState }) {
  const t = useStrings(searchStrings);
  if (state.kind === 'starting') return <p className={css.progress}>{t('starting')}</p>;
  // A document that is read again after a keystroke is no news.
  if (state.kind !== 'indexing' || state.total < 2) return null;
  return (
    <p className={css.progress}>
      {t('indexing', { done: state.done, total: state.total })}
      <progress
        aria-label={t('indexing', { done: state.done, total: state.total })}
        value={state.done}
        max={state.total}
      />
    </p>
  );
}

function Nothing({
  answer,
  place,
  state,
}: {
  readonly answer: SearchAnswer;
  readonly place: SearchPlace;
  readonly state: IndexState;
}) {
  const t = useStrings(searchStrings);
  if (place.isFiltered) {
    return (
      <EmptyState action={<Button onPress={place.clearFilters}>{t('clearFilters')}</Button>}>
        {t('nothingFiltered')}
      </EmptyState>
    );
  }
  const typed = answer.request.typed.trim();
  return <EmptyState>{t(state.kind === 'ready' ? 'nothing' : 'nothingYet', { typed })}</EmptyState>;
}

function Failed({ onRetry }: { readonly onRetry: () => void }) {
  const t = useStrings(searchStrings);
  return (
    <ErrorNote
      happened={t('failed')}
      safe={t('failedSafe')}
      todo={t('failedDo')}
      actions={<Button onPress={onRetry}>{t('retry')}</Button>}
    />
  );
}

/** One comes here to type. After the shell, which puts the focus at the start of each screen. */
function useFocusOnArrival(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus());
    return () => clearTimeout(timer);
  }, [field]);
}
