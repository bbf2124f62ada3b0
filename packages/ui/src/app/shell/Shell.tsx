import type { ReactNode } from 'react';
import { useStrings } from '../../kit/language/strings.ts';
import { useMediaLayout } from '../../kit/useMediaLayout.ts';
import { appStrings } from '../app.strings.ts';
import { Bar, useCurrentPage } from './Bar.tsx';
import { BottomBar } from './BottomBar.tsx';
import { Notices } from './Notices.tsx';
import { entries, isCurrent } from './navigation.ts';
import { Rail } from './Rail.tsx';
import css from './Shell.module.css';

const MAIN = 'contenu';

/** The frame of every screen: rail, bar, content. */
export function Shell({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  const layout = useMediaLayout();
  const t = useStrings(appStrings);
  const name = useEntryName(path);
  const { title, trail } = useCurrentPage(name);

  return (
    <div className={css.shell} data-layout={layout}>
      <a
        className={css.skip}
        href={`#${MAIN}`}
        onClick={(event) => {
          // The fragment is the extension's address of the screen: it must not be followed.
          event.preventDefault();
          focusMain();
        }}
      >
        {t('skip')}
      </a>
      {layout !== 'narrow' && <Rail path={path} compact={layout === 'medium'} />}
      <Bar name={name} narrow={layout === 'narrow'} />
      <main
        id={MAIN}
        tabIndex={-1}
        aria-label={title}
        className={css.main}
        // A place that the bar names on a narrow window: Screen then keeps its heading for screen readers.
        data-named={layout === 'narrow' && trail.length === 0}
      >
        <Notices />
        {children}
      </main>
      {layout === 'narrow' && <BottomBar path={path} />}
    </div>
  );
}

/** Puts the focus at the start of the screen: its name is read out. */
export function focusMain(): void {
  const main = document.getElementById(MAIN);
  if (main === null) return;
  const heading = main.querySelector<HTMLElement>('h1[tabindex]');
  (heading ?? main).focus({ preventScroll: true });
  main.scrollTop = 0;
}

/** What the rail calls the place. */
function useEntryName(path: string): string {
  const t = useStrings(appStrings);
  // The entries never change, so neither does the number of hooks.
  const labels = entries.map((entry) => ({ entry, label: entry.useLabel() }));
  return labels.find(({ entry }) => isCurrent(entry, path))?.label ?? t('appName');
}
