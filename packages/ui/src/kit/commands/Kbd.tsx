import type { ReactNode } from 'react';
import { useLanguage } from '../language/i18n.ts';
import css from './Kbd.module.css';
import { keyNames } from './keys.ts';

/** One key. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={css.kbd}>{children}</kbd>;
}

/** A shortcut as `useCommand` takes it (`$mod+k`, `g d`), shown as its keys. */
export function Shortcut({ keys }: { keys: string }) {
  const language = useLanguage();
  return (
    <span className={css.shortcut}>
      {keyNames(keys, language)
        .flat()
        .map((name) => (
          <Kbd key={name}>{name}</Kbd>
        ))}
    </span>
  );
}
