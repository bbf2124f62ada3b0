import { type ReactNode, useEffect } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { CommandPalette } from './commands/CommandPalette.tsx';
import { ShortcutHelp } from './commands/ShortcutHelp.tsx';
import { CommandProvider } from './commands/useCommand.tsx';
import { Announcer } from './feedback/announce.tsx';
import { ToastRegion } from './feedback/ToastRegion.tsx';
import { LOCALES, useLanguage } from './language/i18n.ts';
import { applyTheme, type Theme } from './theme/theme.ts';

interface KitProviderProps {
  theme?: Theme;
  /** Shortcuts without a modifier. */
  singleKeys?: boolean;
  /** The router's: links of the kit go through it. */
  navigate?: (path: string) => void;
  /** How a path of the router is written in the page's address (`#/…` in the extension). */
  useHref?: (path: string) => string;
  children: ReactNode;
}

/**
 * Everything that the components need around them: language, theme, router, messages, live region, commands, `Ctrl+K`
 * and `?`. Once, around the whole app. The language is set by `setLanguage`.
 */
export function KitProvider({ theme = 'system', singleKeys = true, navigate, useHref, children }: KitProviderProps) {
  const language = useLanguage();
  useEffect(() => applyTheme(theme), [theme]);
  const app = (
    <I18nProvider locale={LOCALES[language]}>
      <CommandProvider singleKeys={singleKeys}>
        {children}
        <CommandPalette />
        <ShortcutHelp />
      </CommandProvider>
      <ToastRegion />
      <Announcer />
    </I18nProvider>
  );
  if (!navigate) return app;
  return (
    <RouterProvider navigate={navigate} {...(useHref && { useHref })}>
      {app}
    </RouterProvider>
  );
}
