import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { KnownForm, KnownPiece } from '../messaging/contract.ts';
import type { RecentDossier } from '../platform/recent.ts';
import { type Choice, choicesFor } from './choices.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

/** What was typed, what it offers, and which of it Enter would take. */
export interface DossierChoice {
  readonly query: string;
  readonly choices: readonly Choice[];
  readonly index: number;
  readonly choice: Choice | null;
  readonly type: (query: string) => void;
  readonly point: (index: number) => void;
}

/** Holds the choice above the form: Enter right after a key must take what that key offered. */
export function useDossierChoice(
  dossiers: readonly RecentDossier[],
  known: { readonly pieces: readonly KnownPiece[]; readonly begun: readonly KnownForm[] },
  strings: PopupStrings,
): DossierChoice {
  // On a new device a name is proposed, and selected: Enter takes it, typing replaces it.
  const [query, setQuery] = useState(dossiers.length === 0 ? strings.firstDossier : '');
  const [at, setAt] = useState(0);
  const { pieces, begun } = known;
  const choices = useMemo(() => choicesFor(query, dossiers, pieces, begun), [query, dossiers, pieces, begun]);
  const index = Math.min(at, choices.length - 1);
  return {
    query,
    choices,
    index,
    choice: choices[index] ?? null,
    type: (typed) => {
      setQuery(typed);
      setAt(0);
    },
    point: (to) => setAt((to + choices.length) % Math.max(choices.length, 1)),
  };
}

interface DossierPickerProps extends DossierChoice {
  readonly strings: PopupStrings;
}

const LIST = 'dossiers';

/**
 * A combobox whose list is always open: the popup is small and has nothing else to show. The focus stays in the field; the
 * arrows move the choice, which Enter saves into.
 */
export function DossierPicker({ query, choices, index, choice, type, point, strings }: DossierPickerProps) {
  const field = useRef<HTMLInputElement>(null);
  // The popup is opened to do this one thing.
  useEffect(() => field.current?.focus(), []);

  const move = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    point(to);
  };

  return (
    <div className={css.field}>
      <label className={css.label} htmlFor="dossier">
        {strings.dossier}
      </label>
      <input
        id="dossier"
        className={css.input}
        ref={field}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={LIST}
        aria-activedescendant={choice === null ? undefined : `${LIST}-${index}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={strings.typeDossier}
        value={query}
        onFocus={(event) => event.target.select()}
        onKeyDown={move}
        onChange={(event) => type(event.target.value)}
      />
      <div id={LIST} role="listbox" aria-label={strings.dossiers} className={css.list}>
        {choices.map((each, place) => (
          <div
            key={each.kind === 'create' ? 'create' : `${each.kind} ${'of' in each ? each.of.pieceId : each.id}`}
            id={`${LIST}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === index}
            className={css.option}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => point(place)}
            onKeyDown={move}
          >
            {choiceWords(each, strings)}
          </div>
        ))}
        {choices.length === 0 && <p className={css.empty}>{strings.noDossier}</p>}
      </div>
    </div>
  );
}

function choiceWords(choice: Choice, strings: PopupStrings): string {
  if (choice.kind === 'create') return strings.create(choice.title);
  if (choice.kind === 'step') return strings.step(choice.of.title, choice.title);
  return choice.kind === 'existing' ? choice.title : strings.version(choice.of.version + 1, choice.title);
}
