import { openUnreachedStore } from '../background/complete/unreachedStore.ts';
import { openJobStore } from '../background/jobStore.ts';
import { forgetRecent } from './forgetRecent.ts';
import { openKnownPages } from './knownPages.ts';
import type { StorageMirror } from './storageMirror.ts';

/** Forgets what stands beside the documents: captures under way, and what the popup would offer. It belongs to who used this device. */
export async function forgetHere(store: StorageMirror): Promise<void> {
  await Promise.all([openJobStore().clear(), openKnownPages().clear(), openUnreachedStore().clear()]);
  await forgetRecent(store);
}
