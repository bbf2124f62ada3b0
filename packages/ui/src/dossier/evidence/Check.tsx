import { type CheckedPart, checkPiece, type Piece, receiptsView, type Verdict } from '@liasse/core';
import { type LucideIcon, ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { usePlatform, useReplica } from '../../app/context.tsx';
import { Button, Icon, useLanguage, useOpenDoc, useStrings, useView } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import { checkPorts } from './checkPorts.ts';
import css from './evidence.module.css';
import { evidenceStrings } from './evidence.strings.ts';
import { useMoment } from './useMoment.ts';

const ICONS: Readonly<Record<Verdict['kind'], LucideIcon>> = {
  received: ShieldCheck,
  consistent: ShieldQuestionMark,
  incomplete: ShieldQuestionMark,
  'no-manifest': ShieldQuestionMark,
  modified: ShieldAlert,
};

/** *Vérifier*: what it finds is about the piece as it was then, and goes when the piece changes. */
export function Check({ piece }: { readonly piece: Piece }) {
  const t = useStrings(evidenceStrings);
  const { room, doc } = useOpenDoc();
  const replica = useReplica();
  const { receipts } = usePlatform();
  const known = useView(receiptsView);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<{ verdict: Verdict; piece: Piece; known: typeof known } | null>(null);
  const verdict = found?.piece === piece && found.known === known ? found.verdict : null;

  const check = async () => {
    setBusy(true);
    const found = await checkPiece(doc, piece, checkPorts(replica, room, receipts.keys));
    setFound({ verdict: found, piece, known });
    setBusy(false);
  };
  return (
    <>
      <Button size="compact" busy={busy} onPress={() => void check()}>
        {t('verify')}
      </Button>
      <div>
        <div role="status">{verdict !== null && <VerdictNote verdict={verdict} />}</div>
        <p className={css.note}>{t('proves')}</p>
      </div>
    </>
  );
}

function VerdictNote({ verdict }: { readonly verdict: Verdict }) {
  return (
    <p className={css.verdict} data-verdict={verdict.kind}>
      <Icon icon={ICONS[verdict.kind]} />
      <span>{useVerdictText(verdict)}</span>
    </p>
  );
}

function useVerdictText(verdict: Verdict): string {
  const t = useStrings(evidenceStrings);
  const moment = useMoment();
  const who = useWho();
  const listing = useListing();
  switch (verdict.kind) {
    case 'received': {
      const { receivedAt, author } = verdict.receipt;
      return `${t('received', { when: moment(receivedAt) })} ${t('receivedBy', { who: who(author) })}`;
    }
    case 'consistent':
      return t(`consistent_${verdict.receipt}`);
    case 'no-manifest':
      return t('noManifest');
    default:
      return t(verdict.kind, { parts: listing(verdict.parts) });
  }
}

function useListing(): (parts: readonly CheckedPart[]) => string {
  const t = useStrings(evidenceStrings);
  const language = useLanguage();
  return (parts) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(parts.map((part) => t(`part_${part}`)));
}
