import { Quote, Scale } from 'lucide-react';
import { MenuItem, useFormat, useStrings, useToast } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { legalCitation, pageCitation } from './citation.ts';

/** *Copier la référence juridique*, for a legal text. */
export function LegalCitationItem({ piece }: PieceProps) {
  const { t, words, copy } = useCitation();
  const { legal } = piece;
  if (legal === null) return null;
  return (
    <MenuItem icon={Scale} onAction={() => copy(legalCitation(piece, legal, words))}>
      {t('copyLegalCitation')}
    </MenuItem>
  );
}

/** *Copier la citation*, for any piece. */
export function CitationItem({ piece }: PieceProps) {
  const { t, words, copy } = useCitation();
  return (
    <MenuItem icon={Quote} onAction={() => copy(pageCitation(piece, words))}>
      {t('copyCitation')}
    </MenuItem>
  );
}

function useCitation() {
  const t = useStrings(evidenceStrings);
  const words = { t, dossier: useStrings(dossierStrings), format: useFormat() };
  const toast = useToast();
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => toast.show({ message: t('citationCopied') }),
      () => toast.show({ message: t('notCopied', { text }) }),
    );
  };
  return { t, words, copy };
}
