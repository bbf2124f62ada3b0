import { type BlobHash, receiptsView } from '@liasse/core';
import { useWorkspace } from '../../app/context.tsx';
import { useStrings, useView } from '../../kit/index.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { Check } from './Check.tsx';
import css from './evidence.module.css';
import { evidenceStrings } from './evidence.strings.ts';
import { shortHash } from './shortHash.ts';
import { useMoment } from './useMoment.ts';

/** What lets one check a piece: its fingerprint, the server’s receipt, and a button that hashes everything again. */
export function EvidenceCard({ piece }: PieceProps) {
  const t = useStrings(evidenceStrings);
  const { manifest } = piece;
  return (
    <section className={css.card} aria-labelledby="evidence-card">
      <h2 id="evidence-card">{t('evidence')}</h2>
      {manifest === null ? (
        <p className={css.note}>{t('noManifest')}</p>
      ) : (
        <>
          <dl>
            <div>
              <dt>{t('fingerprint')}</dt>
              <dd className={css.hash} title={manifest.hash}>
                {shortHash(manifest.hash)}
              </dd>
            </div>
            <div>
              <dt>{t('serverReceipt')}</dt>
              <dd>
                <ReceiptLine manifest={manifest.hash} />
              </dd>
            </div>
          </dl>
          <Check key={piece.id} piece={piece} />
        </>
      )}
    </section>
  );
}

function ReceiptLine({ manifest }: { readonly manifest: BlobHash }) {
  const t = useStrings(evidenceStrings);
  const moment = useMoment();
  const state = useView(receiptsView).get(manifest);
  const { local } = useWorkspace();
  if (state?.kind === 'here') {
    return t('receiptLine', { when: moment(state.receipt.receivedAt), seq: state.receipt.seq });
  }
  if (state?.kind === 'unreadable') return t('receiptUnreadable');
  return t(local ? 'receiptLocal' : 'receiptNone');
}
