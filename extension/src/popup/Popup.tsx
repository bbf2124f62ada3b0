import { useState } from 'react';
import { openPanel } from '../background/menus.ts';
import type { SeenTab } from '../platform/tab.ts';
import { ClipForm, type Filling } from './ClipForm.tsx';
import { Done } from './Done.tsx';
import type { DeviceTable } from './deviceTable.ts';
import { FillForm } from './FillForm.tsx';
import { openApp } from './openApp.ts';
import css from './popup.module.css';
import { popupStrings } from './popup.strings.ts';
import type { Saved } from './useClip.ts';

/** The popup: one form, then what became of it. */
export function Popup({ table, tab }: { readonly table: DeviceTable; readonly tab: SeenTab | null }) {
  const strings = popupStrings[table.language];
  const [saved, setSaved] = useState<Saved | null>(null);
  const [filling, setFilling] = useState<Filling | null>(null);
  const cannot = tab === null || tab.capturable.can === 'nothing' ? (tab?.capturable ?? null) : null;

  return (
    <main className={css.popup}>
      <h1 className={css.heading}>{strings.heading}</h1>
      {saved !== null ? (
        <Done saved={saved} strings={strings} />
      ) : filling !== null ? (
        <FillForm {...filling} team={table.team?.id ?? null} strings={strings} onBack={() => setFilling(null)} />
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
