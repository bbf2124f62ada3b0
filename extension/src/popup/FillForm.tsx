import { useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { Granted, KnownForm } from '../messaging/contract.ts';
import type { SeenTab } from '../platform/tab.ts';
import { FillLines } from './FillLines.tsx';
import { FillResult } from './FillResult.tsx';
import { isFilledFirst, isOffered, type PlanLine } from './fillPlan.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface FillFormProps {
  readonly seen: SeenTab;
  readonly team: string | null;
  /** The forms of this site, the likeliest first. */
  readonly forms: readonly KnownForm[];
  readonly strings: PopupStrings;
  readonly onBack: () => void;
}

type State =
  | { readonly kind: 'reading' | 'filling' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'planned' }
  | { readonly kind: 'filled'; readonly result: Granted<'forms.fill'>['lines'] };

/** Fills the form in front from one that was captured: what would be written first, then what was. */
export function FillForm({ seen, team, forms, strings, onBack }: FillFormProps) {
  const [at, setAt] = useState(0);
  const [state, setState] = useState<State>({ kind: 'reading' });
  const [lines, setLines] = useState<readonly PlanLine[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = forms[at];
  const words = strings.fill;
  const request = form && {
    tab: { id: seen.id, url: seen.url, documentId: seen.documentId },
    team,
    dossierId: form.dossier.id,
    pieceId: form.pieceId,
  };

  // Asked once for each form that is chosen: the tab stays the one that was seen.
  useEffect(() => {
    if (request === undefined) return;
    let left = false;
    setState({ kind: 'reading' });
    void ask(browser.runtime.sendMessage, 'forms.plan', request).then((answer) => {
      if (left) return;
      setLines(answer.ok ? answer.value.lines : []);
      setChosen(new Set(answer.ok ? answer.value.lines.filter(isFilledFirst).map(({ id }) => id) : []));
      setState(answer.ok ? { kind: 'planned' } : { kind: 'failed', code: answer.code });
    });
    return () => {
      left = true;
    };
  }, [at]);

  const fill = async () => {
    if (request === undefined || chosen.size === 0) return;
    setState({ kind: 'filling' });
    const answer = await ask(browser.runtime.sendMessage, 'forms.fill', { ...request, chosen: [...chosen] });
    setState(answer.ok ? { kind: 'filled', result: answer.value.lines } : { kind: 'failed', code: answer.code });
  };

  return (
    <section className={css.form} aria-labelledby="fill">
      <h2 id="fill" ref={heading} tabIndex={-1} className={css.doneTitle}>
        {words.heading}
      </h2>
      {forms.length > 1 && state.kind !== 'filled' && (
        <label className={css.field}>
          <span className={css.label}>{words.from}</span>
          <select className={css.input} value={at} onChange={({ target }) => setAt(Number(target.value))}>
            {forms.map((one, index) => (
              <option key={one.pieceId} value={index}>
                {words.source(one.title, one.dossier.title)}
                {one.isTemplate && ` · ${words.template}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {forms.length === 1 && form !== undefined && (
        <p className={css.facts}>{words.source(form.title, form.dossier.title)}</p>
      )}
      {state.kind === 'failed' && (
        <p className={css.failure} role="alert">
          {words.failures[state.code as keyof typeof words.failures] ?? words.failed}
        </p>
      )}
      {state.kind === 'reading' && (
        <p className={css.note} role="status">
          {words.reading}
        </p>
      )}
      {state.kind === 'filled' && <FillResult lines={lines} result={state.result} strings={strings} />}
      {(state.kind === 'planned' || state.kind === 'filling') && (
        <>
          <FillLines lines={lines} chosen={chosen} strings={strings} onChoose={setChosen} />
          {lines.some(isOffered) && (
            <>
              <p className={css.hint}>{words.neverSends}</p>
              <button
                type="button"
                className={css.primary}
                aria-disabled={state.kind === 'filling' || chosen.size === 0}
                onClick={() => void fill()}
              >
                {state.kind === 'filling' ? words.filling : words.go(chosen.size)}
              </button>
            </>
          )}
        </>
      )}
      <button type="button" className={css.secondary} onClick={state.kind === 'filled' ? () => close() : onBack}>
        {state.kind === 'filled' ? strings.close : words.back}
      </button>
    </section>
  );
}
