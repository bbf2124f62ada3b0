import { Link } from 'wouter';
import { Icon } from '../../kit/controls/Icon.tsx';
import { cx } from '../../kit/cx.ts';
import { useStrings } from '../../kit/language/strings.ts';
import { appStrings } from '../app.strings.ts';
import { useWorkspace } from '../context.tsx';
import type { NavEntry } from '../feature.ts';
import { inTeam } from '../paths.ts';
import { entries, isCurrent } from './navigation.ts';
import css from './Rail.module.css';
import { TeamSwitcher } from './TeamSwitcher.tsx';

/** The rail: names beside icons where there is room, names on hover and focus where there is not. */
export function Rail({ path, compact }: { readonly path: string; readonly compact: boolean }) {
  const t = useStrings(appStrings);
  const of = (place: NavEntry['place']) => entries.filter((entry) => entry.place === place);
  return (
    <nav className={cx(css.rail, compact && css.compact)} aria-label={t('mainNav')} data-chrome>
      <TeamSwitcher compact={compact} />
      <ul className={css.list}>
        {of('rail').map((entry) => (
          <RailEntry key={entry.path} entry={entry} current={isCurrent(entry, path)} compact={compact} />
        ))}
      </ul>
      <ul className={cx(css.list, css.foot)}>
        {of('foot').map((entry) => (
          <RailEntry key={entry.path} entry={entry} current={isCurrent(entry, path)} compact={compact} />
        ))}
      </ul>
    </nav>
  );
}

interface RailEntryProps {
  readonly entry: NavEntry;
  readonly current: boolean;
  readonly compact: boolean;
}

function RailEntry({ entry, current, compact }: RailEntryProps) {
  const label = entry.useLabel();
  const { team } = useWorkspace();
  return (
    <li className={css.item}>
      <Link href={inTeam(team.id, entry.path)} className={css.entry ?? ''} {...(current && { 'aria-current': 'page' })}>
        <Icon icon={entry.icon} size={20} />
        <span className={css.name} data-tooltip={compact || undefined}>
          {label}
        </span>
      </Link>
    </li>
  );
}
