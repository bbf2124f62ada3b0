import { lazy, Suspense, useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { KnownForm, TickedField } from '../messaging/contract.ts';
import { lookInside, type SeenTab, titleOf } from '../platform/tab.ts';
import { DossierPicker, useDossierChoice } from './DossierPicker.tsx';
import { type DeviceTable, readDeviceTable } from './deviceTable.ts';
import { legalLine } from './legalLine.ts';
import { PrivateWindow } from './PrivateWindow.tsx';
import css from './popup.module.css';
import { knownWords, type PopupStrings } from './popup.strings.ts';
import { TakePicker } from './TakePicker.tsx';
import { type Take, takesOf } from './takes.ts';
import { Underway } from './Underway.tsx';
import { type Saved, useClip } from './useClip.ts';
import { useForms } from './useForms.ts';
import { useKnown } from './useKnown.ts';

// Loaded when it is asked for: the popup opens without it.
const FormPreview = lazy(async () => ({ default: (await import('./FormPreview.tsx')).FormPreview }));

const NONE: readonly KnownForm[] = [];

interface ClipFormProps {
  readonly table: DeviceTable;
  readonly tab: SeenTab;
  readonly strings: PopupStrings;
  readonly onSaved: (saved: Saved) => void;
  readonly onFill: (filling: Filling) => void;
}

/** The page to fill, and what from. */
export interface Filling {
  readonly seen: SeenTab;
  readonly forms: readonly KnownForm[];
}

/** Title, legal reference and dossier, filled in; Enter saves from any field. */
export function ClipForm({ table, tab, strings, onSaved, onFill }: ClipFormProps) {
  const seen = useInside(tab);
  const dossiers = useFreshDossiers(table);
  const [typedTitle, setTypedTitle] = useState<string | null>(null);
  const team = table.team?.id ?? null;
  const known = useKnown(seen, team);
  const { state, save, stop } = useClip({ team, onSaved });
  const takes = takesOf(seen);
  const [asked, setAsked] = useState<Take>('page');
  const take = takes.includes(asked) ? asked : (takes[0] ?? 'address');
  const forms = useForms(seen, team);
  const [fromPrivate, setFromPrivate] = useState<'refuse' | 'keep'>('refuse');
  const [ticked, setTicked] = useState<readonly TickedField[]>([]);
  const begun = take === 'form' ? forms.begun : NONE;
  const picked = useDossierChoice(dossiers, { pieces: known.pieces, begun }, strings);
  const { choice } = picked;
  const title = typedTitle ?? titleOf(seen);
  const legal = legalLine(seen.facts, strings, table.language);
  const saving = state.kind === 'saving';

  const submit = async () => {
    if (choice === null || saving) return;
    // A page that turns out to be known is first shown as such: what to do with it is the person's to say.
    const isNews = known.pieces.length === 0 && (await known.settled()).length > 0;
    if (!isNews) save({ tab: seen, take: asked, title: title.trim(), choice, ticked, fromPrivate });
  };

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className={css.field}>
        <span className={css.label}>{strings.title}</span>
        <input
          className={css.input}
          value={title}
          maxLength={500}
          onChange={(event) => setTypedTitle(event.target.value)}
        />
      </label>
      <dl className={css.facts}>
        {legal !== null && <Fact name={strings.legal} value={legal} />}
        <Fact name={strings.site} value={siteOf(seen.url)} />
        {table.manyTeams && table.team !== null && <Fact name={strings.team} value={table.team.name} />}
      </dl>
      <TakePicker takes={takes} value={take} strings={strings} onChange={setAsked} />
      {forms.known.length > 0 && (
        <button type="button" className={css.secondary} onClick={() => onFill({ seen, forms: forms.known })}>
          {strings.fill.open}
        </button>
      )}
      {take === 'form' && (
        <Suspense fallback={null}>
          <FormPreview seen={seen} ticked={ticked} strings={strings} onTick={setTicked} />
        </Suspense>
      )}
      {known.pieces.length > 0 && (
        <p className={css.known} role="status">
          {knownWords(known.pieces, strings, table.language)}
        </p>
      )}
      <DossierPicker {...picked} strings={strings} />
      {seen.capturable.can === 'address' && (
        <p className={css.note} role="status">
          {strings.because[seen.capturable.because]} {strings.addressOnly}
        </p>
      )}
      {seen.isPrivate && <PrivateWindow value={fromPrivate} strings={strings} onChange={setFromPrivate} />}
      {state.kind === 'failed' && (
        <p className={css.failure} role="alert">
          {failureText(state.code, strings)}
        </p>
      )}
      {state.kind === 'saving' && state.progress !== null && (
        <Underway progress={state.progress} strings={strings} onStop={stop} />
      )}
      <button type="submit" className={css.primary} aria-disabled={saving || choice === null}>
        {saving ? strings.saving : state.kind === 'failed' ? strings.retry : strings.save}
      </button>
    </form>
  );
}

function failureText(code: string, strings: PopupStrings): string {
  if (code === 'internal') return strings.failed;
  return strings.refusals[code as keyof PopupStrings['refusals']] ?? strings.refused;
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={css.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The tab, with what its page says of itself once that is known. */
function useInside(tab: SeenTab): SeenTab {
  const [seen, setSeen] = useState(tab);
  useEffect(() => void lookInside(tab).then(setSeen), [tab]);
  return seen;
}

/** The dossiers of the table, then as the register has them, once the worker has read it. */
function useFreshDossiers(table: DeviceTable): DeviceTable['dossiers'] {
  const [dossiers, setDossiers] = useState(table.dossiers);
  const team = table.team?.id ?? null;
  useEffect(() => {
    void ask(browser.runtime.sendMessage, 'dossiers.refresh', { team })
      .then(readDeviceTable)
      .then((fresh) => setDossiers(fresh.dossiers));
  }, [team]);
  return dossiers;
}

function siteOf(url: string): string {
  try {
    const { host, protocol } = new URL(url);
    return host === '' ? protocol.replace(':', '') : host;
  } catch {
    return url;
  }
}
