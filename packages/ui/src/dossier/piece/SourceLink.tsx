import { ExternalLink } from 'lucide-react';
import type { MouseEvent } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { Icon, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import css from './piece.module.css';
import type { PieceProps } from './pieceProps.ts';

/** The captured page's own address, whole: on paper it is what one cites. The platform opens it, as for any way out. */
export function SourceLink({ piece: { url } }: PieceProps) {
  const t = useStrings(dossierStrings);
  const { openAddress } = usePlatform();
  if (url === null) return null;
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    openAddress(url);
  };
  return (
    <section className={css.source} aria-label={t('source')}>
      <h2>{t('source')}</h2>
      <a href={url} rel="noreferrer noopener" onClick={follow} onAuxClick={follow}>
        {url}
        <Icon icon={ExternalLink} className={css.out ?? ''} />
      </a>
    </section>
  );
}
