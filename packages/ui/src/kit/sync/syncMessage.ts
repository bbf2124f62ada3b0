import type { SyncState, SyncTrouble } from '@liasse/core/replica';
import type { Tone } from '../feedback/Chip.tsx';
import type { Translate } from '../language/strings.ts';
import type { syncStrings } from './sync.strings.ts';

/** Every state the chip can be in. Each has its words and its explanation; none claims more than is known. */
export type SyncKind = 'loading' | 'saving' | 'local' | 'alone' | 'recorded' | 'sent' | 'offline' | SyncTrouble['code'];

/** What the chip says of a state. */
export interface SyncMessage {
  readonly kind: SyncKind;
  readonly tone: Tone;
  /** The chip's words: *Enregistré sur cet appareil · 3 modifications à envoyer*. */
  readonly words: string;
  /** What a click explains. */
  readonly explanation: string;
  /** Whether all that was typed is on this device: said apart, where the explanation does not. */
  readonly safe: string | null;
  /** Edits and files that the server does not have; 0 where none will ever be sent. */
  readonly waiting: number;
}

const TONES: Readonly<Record<SyncKind, Tone>> = {
  loading: 'neutral',
  saving: 'neutral',
  local: 'neutral',
  alone: 'neutral',
  recorded: 'ok',
  sent: 'neutral',
  offline: 'warn',
  'no-space': 'danger',
  refused: 'danger',
  'signed-out': 'warn',
  forbidden: 'danger',
  'lost-local': 'warn',
  'client-too-old': 'warn',
  'document-error': 'warn',
};

/**
 * What is true and most urgent. A trouble first, as a person must know; then what is not yet safe here; then how far it
 * went. *Recorded* needs an acknowledgement and nothing left to send, files included.
 */
function syncKind(state: SyncState, blobsWaiting: number): SyncKind {
  if (state.trouble) return state.trouble.code;
  if (state.phase === 'loading') return 'loading';
  if (state.saving) return 'saving';
  switch (state.connection) {
    case 'none':
      return 'alone';
    case 'offline':
      return 'offline';
    case 'sent':
      return blobsWaiting > 0 ? 'local' : 'sent';
    case 'connecting':
    case 'online':
      return state.unsent === 0 && blobsWaiting === 0 && state.recordedAt !== null ? 'recorded' : 'local';
  }
}

/** These say *à envoyer* after their words. */
const WITH_WAITING: ReadonlySet<SyncKind> = new Set(['local', 'offline', 'signed-out', 'client-too-old']);
/** Of these the explanation says by itself what is safe; the others need it said, or not at all. */
const SAFETY_APART: ReadonlySet<SyncKind> = new Set(['refused', 'signed-out', 'forbidden', 'client-too-old']);

/** The chip's sentence and its explanation, in the language of `t`. */
export function syncMessage(
  state: SyncState,
  blobsWaiting: number,
  { t, time }: { t: Translate<typeof syncStrings.fr>; time: (at: number) => string },
): SyncMessage {
  const kind = syncKind(state, blobsWaiting);
  // A stock server never acknowledges: its edits count as unsent for ever, and only files really wait.
  const unsent = state.connection === 'none' || state.connection === 'sent' ? 0 : state.unsent;
  const files = state.connection === 'none' ? 0 : blobsWaiting;
  const edits = t('edits', { count: unsent });
  const blobs = t('files', { count: files });
  const both = unsent > 0 && files > 0;
  const what = both ? t('both', { edits, files: blobs }) : unsent > 0 ? edits : blobs;
  const waiting = unsent + files;
  const base = kind === 'recorded' ? t('recorded', { time: time(state.recordedAt ?? 0) }) : t(kind);
  return {
    kind,
    tone: TONES[kind],
    words: waiting > 0 && WITH_WAITING.has(kind) ? `${base} · ${t('toSend', { what })}` : base,
    explanation: t(`${kind}What`),
    safe: SAFETY_APART.has(kind) ? t(state.saving ? 'keeping' : 'kept') : null,
    waiting,
  };
}
