import type { FormCapture, FormField } from '@liasse/core';
import type { PageDoors } from './findControls.ts';
import { readForm } from './index.ts';
import { applyRefill, planRefill, type RefillPlan, type RefillResult } from './refill.ts';
import type { CapturedField, Hand } from './refillTypes.ts';

/** A field that the agent ticked: its place when the popup showed it, and the name it had there. */
export interface Ticked {
  readonly key: string;
  readonly name: string;
}

/** What would be kept of a form, told without one of its values. */
export interface FormOutline {
  readonly kept: number;
  /** Personal numbers, which the agent may tick. */
  readonly masked: readonly Ticked[];
  /** Names of the fields of which nothing is kept. */
  readonly dropped: readonly string[];
  /** Frames of other sites, which may hold fields. */
  readonly framesAway: number;
}

/** The form's side of a page, under `liasseForm` in the extension's own world of it: called, never listening. */
export interface FormSide {
  outline(): FormOutline;
  read(ticked?: readonly Ticked[]): FormCapture;
  plan(fields: readonly CapturedField[]): RefillPlan;
  apply(plan: RefillPlan, chosen: readonly string[]): Promise<RefillResult>;
  /** Plans and fills at once, for who keeps nothing between two questions. */
  fill(fields: readonly CapturedField[], chosen: readonly string[]): Promise<RefillResult>;
}

export function makeFormSide(
  document: Document,
  options: { readonly doors: PageDoors; readonly hand: Hand },
): FormSide {
  const { doors } = options;
  const readWith = (ticked: ReadonlySet<string>) => readForm(document, { doors, ticked });
  const plan: FormSide['plan'] = (fields) => planRefill(document, fields, doors);
  const apply: FormSide['apply'] = (planned, chosen) => applyRefill(document, planned, { ...options, chosen });
  return {
    outline: () => {
      const { fields, unread } = readWith(new Set());
      const of = (keeping: FormField['keeping']) => fields.filter((field) => field.keeping === keeping);
      return {
        kept: of('kept').length,
        masked: of('masked').map(({ key, name }) => ({ key, name: name.text })),
        dropped: of('dropped').map(({ name }) => name.text),
        framesAway: unread.frames,
      };
    },
    read: (ticked = []) => {
      const plain = readWith(new Set());
      // A page may have changed since the tick: the same place may be another person's number by now.
      const same = ticked.filter(({ key, name }) =>
        plain.fields.some((field) => field.key === key && field.name.text === name),
      );
      return same.length === 0 ? plain : readWith(new Set(same.map(({ key }) => key)));
    },
    plan,
    apply,
    fill: (fields, chosen) => apply(plan(fields), chosen),
  };
}
