import { ChevronRight } from 'lucide-react';
import { Icon } from '../controls/Icon.tsx';
import { Link } from '../controls/Link.tsx';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './Breadcrumb.module.css';

interface BreadcrumbProps {
  /** From the widest to the current place, which has no address. */
  items: readonly { readonly label: string; readonly href?: string }[];
}

/** Where one is. */
export function Breadcrumb({ items }: BreadcrumbProps) {
  const t = useStrings(kitStrings);
  return (
    <nav aria-label={t('breadcrumb')} className={css.breadcrumb}>
      <ol>
        {items.map(({ label, href }, at) => (
          <li key={`${href ?? ''} ${label}`}>
            {at > 0 && <Icon icon={ChevronRight} />}
            {href === undefined ? (
              <span aria-current="page" className={css.current}>
                {label}
              </span>
            ) : (
              <Link href={href} variant="quiet" className={css.place ?? ''}>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
