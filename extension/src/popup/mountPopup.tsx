import { applyTheme } from '@liasse/ui/popup';
import { createRoot } from 'react-dom/client';
import { takeAskedLink } from '../platform/askedLink.ts';
import { fileNameIn, frontTab, type SeenTab } from '../platform/tab.ts';
import { readDeviceTable } from './deviceTable.ts';
import { Popup } from './Popup.tsx';
import { popupStrings } from './popup.strings.ts';

/** Opened by the menu of a link, the popup is about what is behind it. */
async function withLink(tab: SeenTab | null): Promise<SeenTab | null> {
  if (tab === null || tab.capturable.can === 'nothing') return tab;
  const link = await takeAskedLink(tab.id);
  return link === null ? tab : { ...tab, link, title: fileNameIn(link) };
}

/** Shows the popup as soon as extension storage was read; what the page says of itself comes in after. */
export async function mountPopup(): Promise<void> {
  const table = await readDeviceTable();
  const [strings, tab] = await Promise.all([
    popupStrings(table.language),
    frontTab(table.policy).then((front) => withLink(front)),
  ]);
  document.documentElement.lang = table.language;
  applyTheme(table.theme);
  const root = document.getElementById('root');
  if (root === null) throw new Error('bug: the page has no #root');
  createRoot(root).render(<Popup table={table} strings={strings} tab={tab} />);
}
