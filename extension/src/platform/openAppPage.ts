import { mountApp } from '@liasse/ui';
import { openExtensionPlatform } from './extensionPlatform.ts';

/** Draws the app on an extension page, once what it needs of extension storage was read. */
export async function openAppPage(kind: 'extension' | 'side-panel'): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('bug: the page has no #root');
  mountApp(root, await openExtensionPlatform(kind));
}
