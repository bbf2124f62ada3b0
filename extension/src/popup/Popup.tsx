import { lazy, Suspense, useState } from 'react';
import { openPanel } from '../background/menus.ts';
import type { SeenTab } from '../platform/tab.ts';
import { ClipForm, type Filling } from './ClipForm.tsx';
import type { DeviceTable } from './deviceTable.ts';
import { openApp } from './openApp.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';
import type { Saved } from './useClip.ts';

// Loaded when they are asked for: the popup opens without them.
const Done = lazy(async () => ({ default: (await import('./Done.tsx')).Done }));
const FillForm = lazy(async () => ({ default: (await import('./FillForm.tsx')).FillForm }));

interface PopupProps {
  readonly table: DeviceTable;
  readonly tab: SeenTab | null;
  readonly strings: PopupStrings;
}

/** The popup: one form, then what became of it. */
export function Popup({ table, tab, strings }: PopupProps) {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [filling, setFilling] = useState<Filling | null>(null);
  const cannot = tab === null || tab.capturable.can === 'nothing' ? (tab?.capturable ?? null) : null;

  return (
    <main className={css.popup}>
      <h1 className={css.heading}>{strings.heading}</h1>
      {saved !== null ? (
        <Suspense fallback={null}>
          <Done saved={saved} strings={strings} />
        </Suspense>
      ) : filling !== null ? (
        <Suspense fallback={null}>
          <FillForm {...filling} team={table.team?.id ?? null} strings={strings} onBack={() => setFilling(null)} />
        </Suspense>
      ) : tab === null || cannot !== null ? (
        <div className={css.note} role="status">
          <p>{strings.because[cannot?.can === 'nothing' ? cannot.because : 'unknown']}</p>
          <p>
            {cannot?.can === 'nothing' && cannot.because === 'policy' ? strings.askAdministration : strings.nothing}
          </p>
        </div>
      ) : (
        <ClipForm table={table} tab={tab} strings={strings} onSaved={setSaved} onFill={setFilling} />
      )}
      <footer className={css.foot}>
        <button type="button" className={css.link} onClick={() => openApp()}>
          {strings.openApp}
        </button>
        <button
          type="button"
          className={css.link}
          onClick={() => {
            // In the turn of the click: the panel opens on the person's gesture only.
            void openPanel(tab?.windowId);
            close();
          }}
        >
          {strings.openPanel}
        </button>
      </footer>
    </main>
  );
}
