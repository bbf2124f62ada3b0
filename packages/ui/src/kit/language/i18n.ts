import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';

/** The languages of the interface. French is the reference, English is complete. */
export type Language = 'fr' | 'en';

/** The locale that dates, numbers and widgets follow. */
export const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** One instance of our own: `i18next`'s shared one could be somebody else's in an extension's page. */
export const i18n = createInstance();

// Everything is bundled, so this ends before it returns, and so does each change of language.
void i18n.init({
  lng: 'fr',
  fallbackLng: false,
  resources: {},
  initAsync: false,
  // Keys are names, never paths; a namespace is always given by `defineStrings`.
  keySeparator: false,
  nsSeparator: false,
  // React escapes.
  interpolation: { escapeValue: false },
});

if (typeof document !== 'undefined') {
  document.documentElement.lang = i18n.language;
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}

/** The language of the interface now. */
export function language(): Language {
  return i18n.language === 'en' ? 'en' : 'fr';
}

/** Switches the interface; everything on screen follows at once, and so does `<html lang>`. */
export function setLanguage(next: Language): void {
  if (next !== language()) void i18n.changeLanguage(next);
}

/** Calls `listener` after each change of language; returns its unsubscribe. */
export function onLanguage(listener: () => void): () => void {
  i18n.on('languageChanged', listener);
  return () => i18n.off('languageChanged', listener);
}

/** The language of the interface; renders again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, language);
}
