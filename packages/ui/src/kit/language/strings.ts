import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n, type Language, LOCALES, language } from './i18n.ts';

type Texts = Readonly<Record<string, string>>;

/** `cards_one` and `cards_other` are two forms of the key `cards`, chosen by `count`. */
type Base<Key> = Key extends `${infer Name}_${'one' | 'other'}` ? Name : Key;
type Forms<Fr, Key extends string> = Extract<keyof Fr, Key | `${Key}_${'one' | 'other'}`>;
type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type ValueName<Fr, Key extends string> =
  | Placeholder<Fr[Forms<Fr, Key>]>
  | (`${Key}_other` extends keyof Fr ? 'count' : never);

/** What `t` accepts. */
export type KeyOf<Fr> = Base<keyof Fr> & string;

/** The values a sentence needs: none, or exactly its placeholders. Numbers are written as the language writes them. */
type Values<Fr, Key extends string> = [ValueName<Fr, Key>] extends [never]
  ? []
  : [values: { readonly [Name in ValueName<Fr, Key>]: Name extends 'count' ? number : string | number }];

/** Translates a key of one set of strings into the language of the interface. */
export type Translate<Fr> = <Key extends KeyOf<Fr>>(key: Key, ...values: Values<Fr, Key>) => string;

/** The sentences of one slice, in both languages. */
export interface Strings<Fr> {
  readonly namespace: string;
  readonly fr: Fr;
  readonly en: { readonly [Key in keyof Fr]: string };
}

const registered = new Map<string, Strings<Texts>>();

/**
 * Declares the sentences of a slice, once, beside its screens.
 *
 * `{{name}}` is a placeholder. `x_one` and `x_other` are the two forms of `x`, chosen by `count`; in French 0 and 1 are
 * `one`. French is written with its spaces (U+202F before ; ! ?, U+00A0 before : and inside « »): a test reads them all.
 *
 * @param namespace - one per slice (`board`)
 */
export function defineStrings<const Fr extends Texts>(
  namespace: string,
  texts: { readonly fr: Fr; readonly en: { readonly [Key in keyof Fr]: string } },
): Strings<Fr> {
  const strings: Strings<Fr> = { namespace, ...texts };
  // A module loaded again by hot reload declares its namespace again: the last one wins.
  registered.set(namespace, strings);
  i18n.addResourceBundle('fr', namespace, ready(texts.fr), true, true);
  i18n.addResourceBundle('en', namespace, ready(texts.en), true, true);
  return strings;
}

// French has a third plural (1 000 000 *de* cartes); nobody writes it, and i18next would then show the bare key.
// Counts are written as the language writes numbers.
function ready(texts: Texts): Texts {
  const given = Object.entries(texts).map(([key, text]) => [key, text.replaceAll('{{count}}', '{{count, number}}')]);
  const many = given.map(([key = '', text]) => [key.replace(/_other$/, '_many'), text]);
  return Object.fromEntries([...many, ...given]);
}

// Made once: every row of a list has numbers in its words.
const NUMBERS: Readonly<Record<Language, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat(LOCALES.fr),
  en: new Intl.NumberFormat(LOCALES.en),
};

function shown(
  values: Readonly<Record<string, string | number>> = {},
  into: Language,
): Record<string, string | number> {
  const entries = Object.entries(values).map(([name, value]) =>
    typeof value === 'number' && name !== 'count' ? [name, NUMBERS[into].format(value)] : [name, value],
  );
  return Object.fromEntries(entries);
}

/** Every set of strings declared so far: what the test of typography walks. */
export function registeredStrings(): readonly Strings<Texts>[] {
  return [...registered.values()];
}

/** The translator of a set of strings; the component renders again when the language changes. */
export function useStrings<Fr extends Texts>(strings: Strings<Fr>): Translate<Fr> {
  const { t } = useTranslation(strings.namespace, { i18n, useSuspense: false });
  return useCallback((key, ...[values]) => t(key as string, shown(values, language())), [t]);
}

/**
 * The translator of a set of strings, for what is not a component (a document's title, a notification).
 *
 * @param into - the language of this moment, unless another is asked for
 */
export function translator<Fr extends Texts>(strings: Strings<Fr>, into: Language = language()): Translate<Fr> {
  const t = i18n.getFixedT(into, strings.namespace);
  return (key, ...[values]) => t(key as string, shown(values, into));
}
