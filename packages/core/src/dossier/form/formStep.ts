import * as Y from 'yjs';
import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import { AccountId, FormStepId, type PieceId } from '../../kernel/ids.ts';
import { recordOf } from '../../kernel/operation.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { piecesOf } from '../dossier.ts';
import { breaksKeeping, isTooLong } from './fitForm.ts';
import { FieldValue, FormCapture } from './formCapture.ts';

/** A step that was captured. Its id orders nothing: two people may add one at once, and `at` says which came first. */
export const FormStep = FormCapture.extend({ id: FormStepId, at: z.int().min(0) });
export type FormStep = z.infer<typeof FormStep>;

/** What someone put in the place of a captured value. The captured one stays beside it. */
export const Correction = z.object({ value: FieldValue, at: z.number(), by: AccountId });
export type Correction = z.infer<typeof Correction>;

/** A step as a manifest names it by hash, and as it stands in an exported piece: canonical JSON. */
export const encodeStep = (step: FormStep): string => canonicalJson(step);

/** The steps of a piece as they were captured, those that can be read; none for a piece without a form. */
export function capturedSteps(doc: Y.Doc, pieceId: PieceId): readonly FormStep[] {
  const record = piecesOf(doc).get(pieceId);
  const steps = record instanceof Y.Map ? record.get('formSteps') : undefined;
  if (!(steps instanceof Y.Map)) return [];
  return [...steps.values()].flatMap((step) => FormStep.safeParse(step).data ?? []);
}

/**
 * A record's form as plain data, made into maps again, in which people may write at once.
 *
 * @see SPEC.md F19
 */
export function revivedForm(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { formSteps, corrections } = fields;
  if (!isPlain(formSteps)) return {};
  return {
    formSteps: new Y.Map(Object.entries(formSteps)),
    corrections: new Y.Map(Object.entries(isPlain(corrections) ? corrections : {})),
  };
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a piece's record that hold its form. Both maps are made with the record: see rule D8. */
export const formFields = (steps: readonly FormStep[]): Readonly<Record<string, unknown>> => ({
  hasForm: true,
  formSteps: new Y.Map(steps.map((step) => [step.id, step])),
  corrections: new Y.Map(),
});

/** The steps of a piece, by id; refused where it was captured without a form. */
export const stepsOf = (doc: Y.Doc, pieceId: PieceId): Y.Map<unknown> => mapOf(doc, pieceId, 'formSteps');

/** The corrections of a piece, by field. */
export const correctionsOf = (doc: Y.Doc, pieceId: PieceId): Y.Map<unknown> => mapOf(doc, pieceId, 'corrections');

function mapOf(doc: Y.Doc, pieceId: PieceId, key: string): Y.Map<unknown> {
  const map = recordOf(piecesOf(doc), pieceId).get(key);
  if (!(map instanceof Y.Map)) throw new Refusal('not-found', { id: pieceId, part: key });
  return map;
}

/** Refuses a step that a document must not hold. @throws {Refusal} `too-large`, `secret`, `invalid-input` */
export function checkStep(step: FormStep): void {
  if (new Set(step.fields.map(({ key }) => key)).size < step.fields.length)
    throw new Refusal('invalid-input', { at: 'fields' });
  if (isTooLong(step)) throw new Refusal('too-large', { id: step.id });
  const leaking = step.fields.find(breaksKeeping);
  if (leaking !== undefined) throw new Refusal('secret', { field: leaking.key });
}
