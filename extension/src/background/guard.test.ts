// @vitest-environment node
import { expect, test } from 'vitest';
import { NO_POLICY } from '../platform/policy.ts';
import { type Asked, browserGuard } from './guard.ts';

const asked: Asked = {
  tab: { id: 7, url: 'https://site.example/', documentId: null },
  link: null,
  fromPrivate: 'refuse',
};

/** A browser whose tab 7 is in a private window or not; null: it is gone. */
const windows = (tab: boolean | null, seesPrivate = true) => ({
  tabs: {
    get: async (id: number) => {
      if (id !== 7 || tab === null) throw new Error('No tab with id');
      return { incognito: tab };
    },
  },
  extension: { isAllowedIncognitoAccess: async () => seesPrivate },
});
const guard = (...of: Parameters<typeof windows>) => browserGuard(async () => NO_POLICY, windows(...of))(asked);

test('[J9] the browser says whether a window is private, whatever the message says', async () => {
  expect(await guard(true)).toBe('private-window');
  expect(await guard(false)).toBeNull();
});

test('[J9] a tab that is gone may have been private, where such windows are seen at all', async () => {
  expect(await guard(null)).toBe('private-window');
  expect(await guard(null, false)).toBeNull();
});
