import type { SyncTrouble } from '@liasse/core/replica';
import { useSyncExternalStore } from 'react';
import { useOpenDoc } from '../kit/useView.ts';

/** What is wrong with the document on screen, or null. */
export function useTrouble(): SyncTrouble['code'] | null {
  const { sync } = useOpenDoc();
  return useSyncExternalStore(sync.subscribe, () => sync.getSnapshot().trouble?.code ?? null);
}
