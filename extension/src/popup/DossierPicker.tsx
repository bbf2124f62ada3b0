import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { RecentDossier } from '../platform/recent.ts';
import { type Choice, choicesFor } from './choices.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface DossierPickerProps {
  readonly dossiers: readonly RecentDossier[];
  readonly strings: PopupStrings;
  readonly onChoose: (choice: Choice | null) => void;
}

const LIST = 'dossiers';

/**
 * A combobox whose list is always open: the popup is small and has nothing else to show. The focus stays in the field; the
 * arrows move the choice, which Enter saves into.
 */
export function DossierPicker({ dossiers, strings, onChoose }: DossierPickerProps) {
  // On a new device a name is proposed, and selected: Enter takes it, typing replaces it.
  const [query, setQuery] = useState(dossiers.length === 0 ? strings.firstDossier : '');
  const [at, setAt] = useState(0);
  const choices = useMemo(() => choicesFor(query, dossiers), [query, dossiers]);
  const index = Math.min(at, choices.length - 1);
  const choice = choices[index] ?? null;
  useEffect(() => onChoose(choice), [choice, onChoose]);

  const field = useRef<HTMLInputElement>(null);
  // The popup is opened to do this one thing.
  useEffect(() => field.current?.focus(), []);

  const move = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt((to + choices.length) % Math.max(choices.length, 1));
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
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
      />
      <div id={LIST} role="listbox" aria-label={strings.dossiers} className={css.list}>
        {choices.map((each, place) => (
          <div
            key={each.kind === 'existing' ? each.id : 'create'}
            id={`${LIST}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === index}
            className={css.option}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setAt(place)}
            onKeyDown={move}
          >
            {each.kind === 'existing' ? each.title : strings.create(each.title)}
          </div>
        ))}
        {choices.length === 0 && <p className={css.empty}>{strings.noDossier}</p>}
      </div>
    </div>
  );
}
