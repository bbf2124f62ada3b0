import { applyTheme } from '@liasse/ui/popup';
import { createRoot } from 'react-dom/client';
import { frontTab } from '../platform/tab.ts';
import { readDeviceTable } from './deviceTable.ts';
import { Popup } from './Popup.tsx';

/** Shows the popup as soon as extension storage was read; what the page says of itself comes in after. */
export async function mountPopup(): Promise<void> {
  const [table, tab] = await Promise.all([readDeviceTable(), frontTab()]);
  document.documentElement.lang = table.language;
  applyTheme(table.theme);
  const root = document.getElementById('root');
  if (root === null) throw new Error('bug: the page has no #root');
  createRoot(root).render(<Popup table={table} tab={tab} />);
}
