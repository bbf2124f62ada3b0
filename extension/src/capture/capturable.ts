/** What can be done with the page of an address, before trying. */
export type Capturable =
  | { readonly can: 'page' }
  /** A file that the browser shows by itself: its bytes can be kept. */
  | { readonly can: 'file' }
  /** Its address can be kept, not its content. */
  | { readonly can: 'address'; readonly because: 'store' | 'file' | 'not-granted' }
  /** Not even an address that would open elsewhere; or an administration has said no. */
  | { readonly can: 'nothing'; readonly because: 'browser' | 'extension' | 'unknown' | 'policy' };

/** Where browsers let no extension in. */
const STORES = [
  /^https:\/\/chromewebstore\.google\.com\//,
  /^https:\/\/chrome\.google\.com\/webstore(?:\/|$)/,
  /^https:\/\/microsoftedge\.microsoft\.com\/addons(?:\/|$)/,
  /^https:\/\/addons\.mozilla\.org\//,
  /^https:\/\/accounts\.firefox\.com\//,
];

/** @param url - of the tab, as the browser says it; undefined where the tab is not granted */
export function capturable(url: string | undefined): Capturable {
  if (url === undefined || url === '') return { can: 'nothing', because: 'unknown' };
  if (STORES.some((store) => store.test(url))) return { can: 'address', because: 'store' };
  if (/^https?:/.test(url)) return { can: 'page' };
  // With the person's leave (a box of the browser's own page), files are pages like others.
  if (/^file:/.test(url)) return { can: 'page' };
  if (/^(?:chrome|moz|edge|safari-web)-extension:/.test(url)) return { can: 'nothing', because: 'extension' };
  return { can: 'nothing', because: 'browser' };
}
