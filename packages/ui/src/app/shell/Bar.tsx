import { ChevronLeft, Search } from 'lucide-react';

import { Link } from 'wouter';
import { useCommandList } from '../../kit/commands/useCommand.tsx';
import { Icon } from '../../kit/controls/Icon.tsx';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { useStrings } from '../../kit/language/strings.ts';
import { useSnapshot } from '../../kit/useView.ts';
import { appStrings } from '../app.strings.ts';
import { useWorkspace } from '../context.tsx';
import { type Page, useOnScreen } from '../page.tsx';
import { inTeam } from '../paths.ts';
import css from './Bar.module.css';
import { DeviceSync } from './DeviceSync.tsx';
import { PeopleHere } from './PeopleHere.tsx';

interface BarProps {
  /** What the rail says of the place, until the screen has named itself. */
  readonly name: string;
  readonly narrow: boolean;
}

/** The bar: where one is, who else is, whether it is saved, and every command. */
export function Bar({ name, narrow }: BarProps) {
  const t = useStrings(appStrings);
  const { commands } = useCommandList();
  const { team } = useWorkspace();
  const page = useCurrentPage(name);
  return (
    <header className={css.bar} data-chrome>
      {narrow ? <Heading page={page} /> : <Breadcrumb page={page} />}
      <div className={css.end}>
        <PeopleHere />
        <DeviceSync key={team.id} />
        <IconButton
          icon={Search}
          label={t('commands')}
          shortcut="$mod+k"
          onPress={() => commands.find(({ id }) => id === 'kit.palette')?.run()}
        />
      </div>
    </header>
  );
}

/** What the screen calls itself. */
export function useCurrentPage(name: string): Page {
  const onScreen = useOnScreen();
  if (onScreen === null) throw new Error('bug: the bar stands outside the app');
  return useSnapshot(onScreen.page) ?? { title: name, trail: [] };
}

/** The way to the screen. A place of the rail has none: its own heading and the rail name it already. */
function Breadcrumb({ page: { title, trail } }: { readonly page: Page }) {
  const t = useStrings(appStrings);
  const { team } = useWorkspace();
  if (trail.length === 0) return <div className={css.trail} />;
  return (
    <nav aria-label={t('breadcrumb')} className={css.trail}>
      <ol className={css.crumbs}>
        {trail.map(({ label, to }) => (
          <li key={to} className={css.crumb}>
            <Link href={inTeam(team.id, to)} className={css.link ?? ''}>
              {label}
            </Link>
          </li>
        ))}
        <li className={css.here} aria-current="page">
          {title}
        </li>
      </ol>
    </nav>
  );
}

/**
 * Where there is no room for the whole way: one step back to where the screen came from, or, in a place of the bottom bar,
 * its name. The screen’s heading is not shown a second time: see Screen.module.css.
 */
function Heading({ page: { title, trail } }: { readonly page: Page }) {
  const t = useStrings(appStrings);
  const { team } = useWorkspace();
  const above = trail.at(-1);
  return (
    <div className={css.trail}>
      {above ? (
        <Link href={inTeam(team.id, above.to)} className={css.up ?? ''} aria-label={t('back', { name: above.label })}>
          <Icon icon={ChevronLeft} size={20} />
          <span className={css.above}>{above.label}</span>
        </Link>
      ) : (
        <span className={css.here} aria-hidden="true">
          {title}
        </span>
      )}
    </div>
  );
}
