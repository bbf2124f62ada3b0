import { dayAt } from '@liasse/core';
import type { SyncState } from '@liasse/core/replica';
import {
  CircleAlert,
  CloudCheck,
  CloudOff,
  CloudUpload,
  HardDrive,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button, VisuallyHidden } from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { cx } from '../cx.ts';
import { announce } from '../feedback/announce.tsx';
import { useFormat } from '../language/format.ts';
import { useStrings } from '../language/strings.ts';
import { Popover } from '../overlays/Popover.tsx';
import css from './SyncChip.module.css';
import { syncStrings } from './sync.strings.ts';
import { type SyncKind, type SyncMessage, syncMessage } from './syncMessage.ts';

interface SyncChipProps {
  /** Of the device (the bar) or of one document (its header, when it differs). */
  sync: SyncState;
  /** `Blobs.waiting`. */
  blobsWaiting: number;
  /** What waits, document by document, by its title. */
  unsent?: readonly { readonly key: string; readonly label: string; readonly edits: number }[];
  /** What the server refused is kept here in so many drafts. */
  drafts?: number;
  /** What can be done about it (*Se connecter*, *Exporter*), in the popover. */
  actions?: ReactNode;
  clock?: { now(): number };
}

/** Where what was written is, always in sight; a click explains and lists. At 320 px: an icon and a count. */
export function SyncChip({ sync, blobsWaiting, unsent = [], drafts = 0, actions, clock = Date }: SyncChipProps) {
  const t = useStrings(syncStrings);
  const format = useFormat();
  const today = dayAt(clock.now());
  const time = (at: number) => (dayAt(at) === today ? format.time(at) : format.dayTime(at));
  const message = syncMessage(sync, blobsWaiting, { t, time });
  useSpoken(message);
  return (
    <Popover
      label={t('title')}
      placement="bottom end"
      trigger={
        <Button className={cx(css.chip, css[message.tone])}>
          <Icon icon={iconOf(message)} {...(message.kind === 'saving' && { className: css.turning ?? '' })} />
          <span className={css.words}>{message.words}</span>
          {message.waiting > 0 && (
            <span aria-hidden className={css.count}>
              {format.count(message.waiting)}
            </span>
          )}
          {drafts > 0 && (
            <span className={css.drafts}>
              <Icon icon={CircleAlert} />
              <VisuallyHidden>{t('drafts', { count: drafts })}</VisuallyHidden>
            </span>
          )}
        </Button>
      }
    >
      <p className={css.title}>{message.words}</p>
      {message.explanation !== message.words && <p>{message.explanation}</p>}
      {message.safe !== null && <p>{message.safe}</p>}
      {message.waiting > 0 && (
        <section className={css.list}>
          <h3>{t('listTitle')}</h3>
          <ul>
            {unsent.map(({ key, label, edits }) => (
              <li key={key}>
                <span className={css.label}>{label}</span>
                <span className={css.edits}>{t('edits', { count: edits })}</span>
              </li>
            ))}
            {blobsWaiting > 0 && (
              <li>
                <span className={css.label}>{t('filesLine')}</span>
                <span className={css.edits}>{t('files', { count: blobsWaiting })}</span>
              </li>
            )}
          </ul>
        </section>
      )}
      {drafts > 0 && <p>{t('draftsWhat', { count: drafts })}</p>}
      {actions}
    </Popover>
  );
}

const ICONS: Readonly<Record<SyncKind, LucideIcon>> = {
  loading: LoaderCircle,
  saving: LoaderCircle,
  local: HardDrive,
  alone: HardDrive,
  recorded: CloudCheck,
  sent: CloudUpload,
  offline: CloudOff,
  'no-space': CircleAlert,
  refused: CircleAlert,
  'signed-out': TriangleAlert,
  forbidden: CircleAlert,
  'lost-local': TriangleAlert,
  'client-too-old': TriangleAlert,
  'document-error': TriangleAlert,
};

const iconOf = ({ kind, waiting }: SyncMessage): LucideIcon =>
  kind === 'local' && waiting > 0 ? CloudUpload : ICONS[kind];

/** Said aloud when it comes or goes; *saved* a hundred times an hour is not. */
const LOUD: ReadonlySet<SyncKind> = new Set([
  'offline',
  'no-space',
  'refused',
  'signed-out',
  'forbidden',
  'lost-local',
  'client-too-old',
  'document-error',
]);

/** Kinds that pass by: what was there before them still counts. */
const PASSING: ReadonlySet<SyncKind> = new Set(['loading', 'saving']);

function useSpoken({ kind, words, explanation }: SyncMessage): void {
  const before = useRef<SyncKind>(kind);
  useEffect(() => {
    if (kind === before.current || PASSING.has(kind)) return;
    const was = before.current;
    before.current = kind;
    if (LOUD.has(kind)) announce(explanation);
    else if (LOUD.has(was)) announce(words);
  }, [kind, words, explanation]);
}
