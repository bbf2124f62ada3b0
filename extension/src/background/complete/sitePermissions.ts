import { browser } from 'wxt/browser';
import type { SitePermissions } from './completions.ts';

/** A site as permissions name it. Firefox knows no ports there. */
export function sitePattern(origin: string): string {
  const { protocol, host, hostname } = new URL(origin);
  return `${protocol}//${import.meta.env.FIREFOX ? hostname : host}/*`;
}

export const sitePermissions: SitePermissions = {
  has: (origin) => browser.permissions.contains({ origins: [sitePattern(origin)] }),
  giveBack: async (origins) => {
    for (const origin of origins) {
      try {
        await browser.permissions.remove({ origins: [sitePattern(origin)] });
      } catch {
        // An administrator, or the person in the browser's own page, gave it for good.
      }
    }
  },
};
