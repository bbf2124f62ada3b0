import { ExternalLink } from 'lucide-react';
import type { MouseEvent } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { Icon, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import css from './piece.module.css';

/** The captured page's own address, whole: on paper it is what one cites. The platform opens it, as for any way out. */
export function SourceLink({ url }: { readonly url: string }) {
  const t = useStrings(dossierStrings);
  const { openAddress } = usePlatform();
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
