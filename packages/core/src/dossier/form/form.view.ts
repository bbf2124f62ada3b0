import * as Y from 'yjs';
import { isBlank } from '../../kernel/birth.ts';
import type { PieceId } from '../../kernel/ids.ts';
import { compare } from '../../kernel/rank.ts';
import { defineView, type ViewOf } from '../../kernel/view.ts';
import { piecesOf } from '../dossier.ts';
import { FieldId, type FieldValue, type FormField, fieldIdOf } from './formCapture.ts';
import { Correction, FormStep } from './formStep.ts';

/** A field with what was put in its place. */
export interface CorrectedField extends FormField {
  readonly id: FieldId;
  readonly correction: Correction | null;
}

/** A step as it is shown. `number`: from 1, in the order of capture. */
export interface ShownStep extends Omit<FormStep, 'fields'> {
  readonly number: number;
  readonly fields: readonly CorrectedField[];
}

/** `unreadable`: steps and corrections that this version cannot read. */
export interface FormOfPiece {
  readonly steps: readonly ShownStep[];
  readonly unreadable: number;
}

const views = new Map<PieceId, ViewOf<FormOfPiece | null>>();

/** The form of a piece, with its corrections; null for a piece without one. */
export function formView(pieceId: PieceId): ViewOf<FormOfPiece | null> {
  let view = views.get(pieceId);
  if (view === undefined) {
    view = defineView({ watch: (doc) => [piecesOf(doc)], read: (doc) => formOf(doc, pieceId) });
    views.set(pieceId, view);
  }
  return view;
}

function formOf(doc: Y.Doc, pieceId: PieceId): FormOfPiece | null {
  const piece = piecesOf(doc).get(pieceId);
  if (!(piece instanceof Y.Map) || isBlank(piece)) return null;
  const steps = piece.get('formSteps');
  if (!(steps instanceof Y.Map)) return null;
  const read = [...steps.entries()].map(([id, step]) => FormStep.safeParse({ ...(step as object), id }).data);
  const readable = read.filter((step) => step !== undefined).sort((a, b) => a.at - b.at || compare(a.id, b.id));
  const { corrections, unreadable } = correctionsIn(piece.get('corrections'));
  return {
    steps: readable.map((step, index) => ({ ...step, number: index + 1, fields: corrected(step, corrections) })),
    unreadable: unreadable + read.length - readable.length,
  };
}

function correctionsIn(map: unknown): { corrections: ReadonlyMap<string, Correction>; unreadable: number } {
  const corrections = new Map<string, Correction>();
  let unreadable = 0;
  for (const [id, value] of map instanceof Y.Map ? map.entries() : []) {
    const parsed = Correction.safeParse(value);
    if (parsed.success && FieldId.safeParse(id).success) corrections.set(id, parsed.data);
    else unreadable += 1;
  }
  return { corrections, unreadable };
}

function corrected(step: FormStep, corrections: ReadonlyMap<string, Correction>): readonly CorrectedField[] {
  return step.fields.map((field) => {
    const id = fieldIdOf(step.id, field);
    return { ...field, id, correction: corrections.get(id) ?? null };
  });
}

/** What a field holds now: its correction, else what was captured. */
export const valueNow = ({ correction, value }: CorrectedField): FieldValue => correction?.value ?? value;

/** All fields of a form as they stand now, for filling it again; a corrected one that was masked is there by the agent's word. */
export const fieldsNow = (form: FormOfPiece): readonly CorrectedField[] =>
  form.steps.flatMap(({ fields }) =>
    fields.map((field) =>
      field.correction === null
        ? field
        : {
            ...field,
            value: field.correction.value,
            shown: null,
            keeping: field.keeping === 'masked' ? 'ticked' : field.keeping,
          },
    ),
  );
