import type { FieldValue, FormField } from '@liasse/core';
import { fieldOf } from '../privacy/index.ts';
import { fill, isFillable } from './fill.ts';
import type { PageDoors } from './findControls.ts';
import { type ReadField, readFields } from './index.ts';
import { pair } from './matching.ts';
import type { CapturedField, Hand } from './refillTypes.ts';

/**
 * What will be done with one captured field. `fill`: `next` is written. `same`: it is there already. `missing`: no field of this page
 * is like it. `denied`: nothing of it was kept, or the page's field now asks for a secret. `blocked`: read-only, disabled, or of a kind
 * that cannot be filled.
 */
interface PlanLine {
  readonly id: string;
  readonly name: string;
  readonly does: 'fill' | 'same' | 'missing' | 'denied' | 'blocked';
  /** Of the match, from 0 to 1. */
  readonly confidence: number;
  readonly now: FieldValue;
  readonly next: FieldValue;
  /** What people read for these values. */
  readonly nowShown: string | null;
  readonly nextShown: string | null;
}

export interface RefillPlan {
  readonly lines: readonly PlanLine[];
  /** The captured fields, for `applyRefill`: the page may have changed between the two. */
  readonly fields: readonly CapturedField[];
}

/** `refused`: the page did not take it. `gone`: it is no longer there. */
export interface RefillResult {
  readonly lines: readonly { readonly id: string; readonly outcome: 'filled' | 'refused' | 'gone' | 'denied' }[];
}

/** What would be written where. Nothing is touched. */
export function planRefill(document: Document, fields: readonly CapturedField[], doors: PageDoors): RefillPlan {
  const live = liveFields(document, doors);
  const pairs = pair(
    fields,
    live.map(({ field }) => field),
  );
  return { fields, lines: fields.map((field, at) => planLine(field, pairs[at] ?? null, live)) };
}

function planLine(
  field: CapturedField,
  found: { readonly at: number; readonly confidence: number } | null,
  live: readonly ReadField[],
): PlanLine {
  const target = found === null ? undefined : live[found.at];
  const kept = field.keeping === 'kept' || field.keeping === 'ticked';
  const line = {
    id: field.id,
    name: field.name.text,
    confidence: found?.confidence ?? 0,
    now: target?.field.value ?? null,
    next: kept ? field.value : null,
    nowShown: target?.field.shown ?? null,
    nextShown: kept ? field.shown : null,
  };
  if (!kept) return { ...line, does: 'denied' };
  if (target === undefined) return { ...line, does: 'missing' };
  if (target.group.some((element) => fieldOf(element) === 'drop')) return { ...line, does: 'denied', now: null };
  if (target.field.readOnly || target.field.disabled || field.value === null || !isFillable(target))
    return { ...line, does: 'blocked' };
  return { ...line, does: holds(target.field, field) ? 'same' : 'fill' };
}

/**
 * Writes what was chosen of a plan, field by field, and reads each again. Never submits: the submission that a page's own handlers ask
 * for while fields are filled is cancelled, and buttons are not pressed.
 *
 * @param chosen - ids of lines that say `fill`
 */
export async function applyRefill(
  document: Document,
  plan: RefillPlan,
  options: { readonly chosen: readonly string[]; readonly doors: PageDoors; readonly hand: Hand },
): Promise<RefillResult> {
  const wanted = new Set(options.chosen);
  const lines: RefillResult['lines'][number][] = [];
  const guard = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('submit', guard, true);
  try {
    for (const [at, line] of plan.lines.entries()) {
      const field = plan.fields[at];
      if (field === undefined || line.does !== 'fill' || !wanted.has(line.id)) continue;
      lines.push({ id: line.id, outcome: await fillOne(document, plan, at, options) });
    }
  } finally {
    document.removeEventListener('submit', guard, true);
  }
  return { lines };
}

/** The page is read anew for each field: one choice shows, hides or renews others. */
async function fillOne(
  document: Document,
  { fields }: RefillPlan,
  at: number,
  { doors, hand }: { readonly doors: PageDoors; readonly hand: Hand },
): Promise<'filled' | 'refused' | 'gone' | 'denied'> {
  const field = fields[at] as CapturedField;
  const find = (): ReadField | undefined => {
    const live = liveFields(document, doors);
    const found =
      pair(
        fields,
        live.map((one) => one.field),
      )[at] ?? null;
    return found === null ? undefined : live[found.at];
  };
  const target = find();
  if (target === undefined) return 'gone';
  if (target.group.some((element) => fieldOf(element) === 'drop')) return 'denied';
  if (target.field.readOnly || target.field.disabled) return 'refused';
  await fill(target, field, hand);
  const after = find();
  return after === undefined ? 'gone' : holds(after.field, field) ? 'filled' : 'refused';
}

/** Read with every personal number, to compare: none of it leaves but in the plan, which the agent reads on this page. */
const liveFields = (document: Document, doors: PageDoors): readonly ReadField[] =>
  readFields(document, { doors, ticked: ALL }).fields;

const ALL: Pick<ReadonlySet<string>, 'has'> = { has: () => true };

/** Whether a field holds what was captured; lists of other values but the same words count. */
function holds(live: FormField, wanted: CapturedField): boolean {
  const same = (a: FieldValue, b: FieldValue) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
  if (same(live.value, wanted.value)) return true;
  return wanted.shown !== null && wanted.shown !== '' && live.shown === wanted.shown;
}

const plain = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : Array.isArray(value) ? [...value].sort() : value;
