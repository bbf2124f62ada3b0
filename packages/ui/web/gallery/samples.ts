import type { SyncState } from '@liasse/core/replica';

const at = Date.now();
const state = (change: Partial<SyncState>): SyncState => ({
  phase: 'ready',
  saving: false,
  unsent: 0,
  recordedAt: at,
  connection: 'online',
  trouble: null,
  ...change,
});

/** Each kind of thing the chip can say. */
export const SYNC_STATES: readonly { readonly key: string; readonly sync: SyncState; readonly blobs: number }[] = [
  { key: 'unsent', sync: state({ unsent: 3 }), blobs: 2 },
  { key: 'recorded', sync: state({}), blobs: 0 },
  { key: 'saving', sync: state({ saving: true }), blobs: 0 },
  { key: 'loading', sync: state({ phase: 'loading' }), blobs: 0 },
  { key: 'alone', sync: state({ connection: 'none' }), blobs: 0 },
  { key: 'offline', sync: state({ connection: 'offline', unsent: 12 }), blobs: 0 },
  { key: 'sent', sync: state({ connection: 'sent' }), blobs: 0 },
  { key: 'no-space', sync: state({ trouble: { code: 'no-space', room: null } }), blobs: 0 },
  { key: 'refused', sync: state({ trouble: { code: 'refused', room: null } }), blobs: 0 },
  { key: 'signed-out', sync: state({ unsent: 1, trouble: { code: 'signed-out', room: null } }), blobs: 0 },
  { key: 'lost-local', sync: state({ trouble: { code: 'lost-local', room: null } }), blobs: 0 },
];

export const PEOPLE = [
  'Amira Benali',
  'Jean-Baptiste Le Goff',
  'Claire Dumont',
  'Oumar Diallo',
  'Nguyễn Thị Lan',
  'Zoé',
  'Paul Ricœur',
].map((name, colour) => ({ key: name, name, colour }));
