// The design system: every screen imports from here, and from nowhere deeper.

export { cx } from './cx.ts';
export * from './language/format.ts';
export { type Language, language, onLanguage, setLanguage, useLanguage } from './language/i18n.ts';
export { refusalText, type ToldCode, useRefusalText } from './language/refusalText.ts';
export { defineStrings, type KeyOf, type Strings, type Translate, translator, useStrings } from './language/strings.ts';
export { frenchFaults } from './language/typography.ts';
export * from './useView.ts';
