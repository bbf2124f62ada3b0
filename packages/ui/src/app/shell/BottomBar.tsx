import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Icon } from '../../kit/controls/Icon.tsx';
import { cx } from '../../kit/cx.ts';
import { useStrings } from '../../kit/language/strings.ts';
import { Sheet } from '../../kit/overlays/Sheet.tsx';
import { appStrings } from '../app.strings.ts';
import { useWorkspace } from '../context.tsx';
import type { NavEntry } from '../feature.ts';
import { inTeam } from '../paths.ts';
import css from './BottomBar.module.css';
import { entries, isCurrent } from './navigation.ts';
import { TeamSwitcher } from './TeamSwitcher.tsx';

/** As many as fit at 320 px, beside *Plus*. */
const IN_BAR = 4;

/** The rail of a narrow window: its entries at the bottom, within a thumb's reach, the others behind *Plus*. */
export function BottomBar({ path }: { readonly path: string }) {
  const t = useStrings(appStrings);
  const [more, setMore] = useState(false);
  const inBar = entries.filter(({ place }) => place === 'rail').slice(0, IN_BAR);
  const others = entries.filter((entry) => !inBar.includes(entry));
  const behind = others.some((entry) => isCurrent(entry, path));
  return (
    <nav className={css.bar} aria-label={t('mainNav')} data-chrome>
      <ul className={css.list}>
        {inBar.map((entry) => (
          <li key={entry.path} className={css.item}>
            <Entry entry={entry} current={isCurrent(entry, path)} />
          </li>
        ))}
        <li className={css.item}>
          <button
            type="button"
            className={cx(css.entry, behind && css.behind)}
            aria-haspopup="dialog"
            onClick={() => setMore(true)}
          >
            <Icon icon={Ellipsis} size={20} />
            {t('more')}
          </button>
        </li>
      </ul>
      <Sheet title={t('more')} side="bottom" isOpen={more} onClose={() => setMore(false)}>
        <ul className={css.sheet}>
          <li>
            <TeamSwitcher compact={false} />
          </li>
          {others.map((entry) => (
            <li key={entry.path}>
              <Entry entry={entry} current={isCurrent(entry, path)} wide onGo={() => setMore(false)} />
            </li>
          ))}
        </ul>
      </Sheet>
    </nav>
  );
}

interface EntryProps {
  readonly entry: NavEntry;
  readonly current: boolean;
  readonly wide?: boolean;
  readonly onGo?: () => void;
}

function Entry({ entry, current, wide = false, onGo }: EntryProps) {
  const label = entry.useLabel();
  const { team } = useWorkspace();
  return (
    <Link
      href={inTeam(team.id, entry.path)}
      className={cx(css.entry, wide && css.wide)}
      {...(current && { 'aria-current': 'page' })}
      {...(onGo && { onClick: onGo })}
    >
      <Icon icon={entry.icon} size={20} />
      <span className={css.name}>{label}</span>
    </Link>
  );
}
