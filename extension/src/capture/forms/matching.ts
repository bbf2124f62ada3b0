import type { FieldSelectors, FormField } from '@liasse/core';

/** What matching needs of a field, captured or live. */
export type Matched = Pick<FormField, 'control' | 'selectors' | 'name' | 'path'>;

/** The least confidence with which a value is offered for a field. */
const LEAST = 0.5;

/**
 * How much each way of finding a field says. Names are what the site's own server reads and change least; places change with each
 * new field of the form.
 */
const WEIGHTS: readonly (readonly [weight: number, of: (field: Matched) => string | null])[] = [
  [0.35, ({ selectors }) => selectors.name],
  [0.3, ({ selectors }) => selectors.id],
  [0.3, ({ name }) => (name.text === '' ? null : name.text.toLowerCase())],
  [0.1, ({ selectors }) => specific(selectors.autocomplete)],
  [0.1, ({ path }) => (path.length === 0 ? null : path.join(' / ').toLowerCase())],
  [0.15, ({ selectors }) => selectors.css.join(' >> ')],
  [0.1, ({ selectors }) => `${selectors.form} ${selectors.ordinal}`],
];

const specific = (autocomplete: FieldSelectors['autocomplete']): string | null =>
  autocomplete === null || /^(?:on|off|new-\w+)$/i.test(autocomplete) ? null : autocomplete;

/** From 0 to 1: the share of what is known of the captured field that the live one has too. */
function confidence(captured: Matched, live: Matched): number {
  if (!compatible(captured.control, live.control)) return 0;
  let known = 0;
  let same = 0;
  for (const [weight, of] of WEIGHTS) {
    const wanted = of(captured);
    if (wanted === null) continue;
    known += weight;
    if (of(live) === wanted) same += weight;
  }
  return known === 0 ? 0 : same / known;
}

const TEXTUAL = new Set(['text', 'area', 'choice', 'range']);
const compatible = (a: string, b: string): boolean => a === b || (TEXTUAL.has(a) && TEXTUAL.has(b));

/** Pairs captured fields with live ones, the surest first, each once. The answer has a live index for each captured field, or null. */
export function pair(
  captured: readonly Matched[],
  live: readonly Matched[],
): readonly ({ readonly at: number; readonly confidence: number } | null)[] {
  const candidates = captured.flatMap((field, from) =>
    live.flatMap((other, to) => {
      const sure = confidence(field, other);
      return sure >= LEAST ? [{ from, to, sure }] : [];
    }),
  );
  candidates.sort((a, b) => b.sure - a.sure || a.from - b.from || a.to - b.to);
  const pairs = captured.map((): { at: number; confidence: number } | null => null);
  const taken = new Set<number>();
  for (const { from, to, sure } of candidates) {
    if (pairs[from] !== null || taken.has(to)) continue;
    pairs[from] = { at: to, confidence: sure };
    taken.add(to);
  }
  return pairs;
}
