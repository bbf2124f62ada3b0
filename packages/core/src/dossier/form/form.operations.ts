import type * as Y from 'yjs';
import { z } from 'zod';
import { FormStepId, PieceId } from '../../kernel/ids.ts';
import { defineOperation, recordOf, setField } from '../../kernel/operation.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { piecesOf } from '../dossier.ts';
import { secretOfValue } from './fitForm.ts';
import { FieldId, FieldValue, FormField, FormLimits } from './formCapture.ts';
import { checkStep, correctionsOf, FormStep, stepsOf } from './formStep.ts';

/**
 * Adds the next step of a form to the piece that has its first ones.
 *
 * @throws {Refusal} `invalid-input`, `not-found`, `already-exists`, `too-large`, `secret`
 * @see SPEC.md F12, F14
 */
export const appendFormStep = defineOperation(
  'dossier.appendFormStep',
  z.strictObject({ pieceId: PieceId, step: FormStep }),
  (doc, { pieceId, step }) => {
    const steps = stepsOf(doc, pieceId);
    if (steps.has(step.id)) throw new Refusal('already-exists', { id: step.id });
    if (steps.size >= FormLimits.steps) throw new Refusal('too-large', { id: pieceId });
    checkStep(step);
    steps.set(step.id, step);
  },
);

/**
 * Takes a step back that was added by mistake. Its corrections stay where they are, for its return by undo.
 *
 * @throws {Refusal} `invalid-input`, `not-found`, `not-empty` for the only step there is
 * @see SPEC.md F18
 */
export const dropFormStep = defineOperation(
  'dossier.dropFormStep',
  z.strictObject({ pieceId: PieceId, stepId: FormStepId }),
  (doc, { pieceId, stepId }) => {
    const steps = stepsOf(doc, pieceId);
    if (!steps.has(stepId)) throw new Refusal('not-found', { id: stepId });
    if (steps.size === 1) throw new Refusal('not-empty', { id: pieceId });
    steps.delete(stepId);
  },
);

/**
 * Corrects the value of a field; the captured one stays beside it. Null takes the correction back.
 *
 * @param input - `ticked`: the agent said that this field may hold a personal number
 * @throws {Refusal} `invalid-input`, `not-found`, `secret`
 * @see SPEC.md F6, F15
 */
export const correctField = defineOperation(
  'dossier.correctField',
  z.strictObject({ pieceId: PieceId, field: FieldId, value: FieldValue, ticked: z.boolean().default(false) }),
  (doc, { pieceId, field, value, ticked }, author) => {
    const corrections = correctionsOf(doc, pieceId);
    const captured = capturedField(doc, pieceId, field);
    if (captured.keeping === 'dropped') throw new Refusal('secret', { field });
    // A CRDT keeps its history: what is written once cannot be taken out again.
    const secret = secretOfValue(value);
    if (secret === 'card' || (!ticked && (secret !== null || captured.keeping === 'masked')))
      throw new Refusal('secret', { field });
    const before = corrections.get(field);
    if (value === null) {
      corrections.delete(field);
      return;
    }
    if (before !== undefined && JSON.stringify(correctedValue(before)) === JSON.stringify(value)) return;
    corrections.set(field, { value, at: author.at, by: author.by });
  },
);

const correctedValue = (correction: unknown): unknown => (correction as { value?: unknown } | null)?.value;

function capturedField(doc: Y.Doc, pieceId: PieceId, id: FieldId): FormField {
  const [step = '', key = ''] = id.split('/');
  const found = stepsOf(doc, pieceId).get(FormStepId.parse(step)) as { fields?: unknown } | undefined;
  const fields = Array.isArray(found?.fields) ? found.fields : [];
  const field = FormField.safeParse(fields.find((one) => (one as { key?: unknown } | null)?.key === key)).data;
  if (field === undefined) throw new Refusal('not-found', { id });
  return field;
}

/** Offers a captured form, as it was corrected, for filling the same form again. @throws {Refusal} `invalid-input`, `not-found` */
export const saveAsTemplate = defineOperation(
  'dossier.saveAsTemplate',
  z.strictObject({ pieceId: PieceId }),
  (doc, { pieceId }, author) => {
    stepsOf(doc, pieceId);
    const piece = recordOf(piecesOf(doc), pieceId);
    if (!piece.has('template')) piece.set('template', { by: author.by, at: author.at });
  },
);

/** @throws {Refusal} `invalid-input`, `not-found` */
export const dropTemplate = defineOperation(
  'dossier.dropTemplate',
  z.strictObject({ pieceId: PieceId }),
  (doc, { pieceId }) => setField(recordOf(piecesOf(doc), pieceId), 'template', undefined),
);
