import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { FormStepId, PieceId } from '../../kernel/ids.ts';
import { rankAt } from '../../kernel/rank.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { makeUndo } from '../../kernel/undo.ts';
import {
  histories,
  makeReplicas,
  play,
  settle,
  type TestReplica,
  testDraft,
  testField,
  testId,
  testStep,
} from '../../testing/index.ts';
import { dossierUndoable, piecesOf } from '../dossier.ts';
import { piecesView } from '../dossier.view.ts';
import { adoptPiece, leavingPiece } from '../moved.operations.ts';
import { addPiece } from '../piece.operations.ts';
import { fitForm, isTooLong } from './fitForm.ts';
import { appendFormStep, correctField, dropFormStep, dropTemplate, saveAsTemplate } from './form.operations.ts';
import { formView, valueNow } from './form.view.ts';
import { type FieldId, type FormField, FormLimits } from './formCapture.ts';
import type { FormStep } from './formStep.ts';

const pieceId = testId<PieceId>(700);
const stepOf = (n: number) => testId<FormStepId>(710 + n);
const fieldOf = (step: number, key = '0') => `${stepOf(step)}/${key}` as FieldId;
const CARD = '4111 1111 1111 1111';
const NIR = '1 85 05 78 006 084 91';

function withForm(fields?: readonly FormField[]) {
  const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
  add(amira, testStep(stepOf(0), fields));
  settle([amira, benoit]);
  return { amira, benoit };
}

const add = ({ doc, author, random }: TestReplica, form: FormStep | null) =>
  addPiece(doc, { pieceId, rank: rankAt([], 0, random), draft: testDraft({ kind: 'form' }), form }, author);

const shown = ({ doc }: TestReplica) => formView(pieceId)(doc).getSnapshot();
const values = (replica: TestReplica) => shown(replica)?.steps.map(({ fields }) => fields.map(valueNow));

/** The code of the refusal; fails when there is none, or when something was written. */
function refusal({ doc }: TestReplica, step: () => void): string {
  const before = Y.encodeStateAsUpdate(doc);
  try {
    step();
  } catch (error) {
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('[F12] steps', () => {
  test('two people who add the next one at once keep both, in the order of capture', () => {
    const { amira, benoit } = withForm();
    const step = (n: number, at: number) => testStep(stepOf(n), [testField({ value: `étape ${n}` })], at);
    appendFormStep(amira.doc, { pieceId, step: step(1, 30) }, amira.author);
    appendFormStep(benoit.doc, { pieceId, step: step(2, 20) }, benoit.author);
    settle([amira, benoit]);
    for (const replica of [amira, benoit]) expect(values(replica)).toEqual([['Durand'], ['étape 2'], ['étape 1']]);
    expect(shown(amira)?.steps.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('none is added twice, nor to a piece without a form', () => {
    const { amira } = withForm();
    expect(refusal(amira, () => appendFormStep(amira.doc, { pieceId, step: testStep(stepOf(0)) }, amira.author))).toBe(
      'already-exists',
    );
    const [bare] = makeReplicas(1) as [TestReplica];
    add(bare, null);
    expect(shown(bare)).toBeNull();
    expect(refusal(bare, () => appendFormStep(bare.doc, { pieceId, step: testStep(stepOf(0)) }, bare.author))).toBe(
      'not-found',
    );
  });
});

describe('[F18] a step taken back', () => {
  test('leaves the piece and the other steps; undo brings it back with its corrections', () => {
    const { amira } = withForm();
    const undo = makeUndo(amira.doc, dossierUndoable(amira.doc));
    appendFormStep(amira.doc, { pieceId, step: testStep(stepOf(1), [testField({ value: 'b' })], 2) }, amira.author);
    correctField(amira.doc, { pieceId, field: fieldOf(1), value: 'c' }, amira.author);
    dropFormStep(amira.doc, { pieceId, stepId: stepOf(1) }, amira.author);
    expect(values(amira)).toEqual([['Durand']]);
    undo.undo(amira.author);
    expect(values(amira)).toEqual([['Durand'], ['c']]);
  });

  test('is never the last one, nor one that is not there', () => {
    const { amira } = withForm();
    const drop = (n: number) => () => dropFormStep(amira.doc, { pieceId, stepId: stepOf(n) }, amira.author);
    expect(refusal(amira, drop(0))).toBe('not-empty');
    expect(refusal(amira, drop(1))).toBe('not-found');
  });
});

test('[F19] a piece that moves to another dossier, and back, takes its steps and its corrections along', () => {
  const { amira, benoit } = withForm();
  const elsewhere = makeReplicas(3)[2] as TestReplica;
  const move = (from: TestReplica, to: TestReplica) => {
    const { fields } = leavingPiece(from.doc, pieceId);
    const along = { fields, receipts: [], highlights: [], blobs: [] };
    adoptPiece(to.doc, { pieceId, rank: rankAt([], 0, to.random), ...along }, to.author);
  };
  correctField(amira.doc, { pieceId, field: fieldOf(0), value: 'Dupont' }, amira.author);
  move(amira, elsewhere);
  expect(values(elsewhere)).toEqual([['Dupont']]);
  appendFormStep(elsewhere.doc, { pieceId, step: testStep(stepOf(1), undefined, 2) }, elsewhere.author);
  correctField(elsewhere.doc, { pieceId, field: fieldOf(0), value: null }, elsewhere.author);
  move(elsewhere, amira);
  settle([amira, benoit]);
  expect(values(benoit)).toEqual([['Durand'], ['Durand']]);
});

describe('[F13] long forms', () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ value: `c${n}`, label: `Commune ${'x'.repeat(400)} ${n}` }));
  const long = testField({ key: '1', control: 'choice', value: 'c7', options: options(900) });

  test('lose the options that were not chosen, and say how many', () => {
    const small = testField({ key: '2', control: 'choice', value: 'c1', options: options(5) });
    const fit = fitForm(testStep(stepOf(0), [testField(), long, small]));
    expect(isTooLong(fit)).toBe(false);
    expect(fit.fields[1]).toMatchObject({ options: [{ value: 'c7' }], optionsCut: 899 });
    expect(fit.fields[2]).toEqual(small);
  });

  test('keep what was entered, and are refused where that is too long', () => {
    const texts = Array.from({ length: 20 }, (_, n) =>
      testField({ key: `${n}`, value: 'x'.repeat(FormLimits.valueCharacters) }),
    );
    const fit = fitForm(testStep(stepOf(0), texts));
    expect(fit.fields).toEqual(texts);
    const [amira] = makeReplicas(1) as [TestReplica];
    expect(refusal(amira, () => add(amira, { ...testStep(stepOf(0)), ...fit }))).toBe('too-large');
  });
});

describe('[F14] a step that holds what its verdict forbids is refused', () => {
  test.each<[string, Partial<FormField>]>([
    ['a card in a value', { value: CARD }],
    ['a card in a ticked field', { value: CARD, keeping: 'ticked' }],
    ['a card among the options', { value: 'a', options: [{ value: 'a', label: CARD }] }],
    ['a personal number that was not ticked', { value: NIR }],
    ['a value of a masked field', { keeping: 'masked' }],
    ['what was shown of a dropped field', { keeping: 'dropped', value: null, shown: 'x' }],
  ])('%s', (_, field) => {
    const [amira] = makeReplicas(1) as [TestReplica];
    expect(refusal(amira, () => add(amira, testStep(stepOf(0), [testField(field)])))).toBe('secret');
    const { amira: other } = withForm();
    const step = testStep(stepOf(1), [testField(field)]);
    expect(refusal(other, () => appendFormStep(other.doc, { pieceId, step }, other.author))).toBe('secret');
  });

  test('a ticked personal number is kept', () => {
    const { benoit } = withForm([testField({ value: NIR, keeping: 'ticked' })]);
    expect(values(benoit)).toEqual([[NIR]]);
  });

  test('two fields of one key are refused', () => {
    const [amira] = makeReplicas(1) as [TestReplica];
    expect(refusal(amira, () => add(amira, testStep(stepOf(0), [testField(), testField()])))).toBe('invalid-input');
  });
});

describe('[F15] corrections', () => {
  test('stand beside what was captured, and are taken back', () => {
    const { amira } = withForm();
    correctField(amira.doc, { pieceId, field: fieldOf(0), value: 'Dupont' }, amira.author);
    expect(shown(amira)?.steps[0]?.fields[0]).toMatchObject({
      value: 'Durand',
      correction: { value: 'Dupont', by: amira.author.by },
    });
    correctField(amira.doc, { pieceId, field: fieldOf(0), value: null }, amira.author);
    expect(shown(amira)?.steps[0]?.fields[0]?.correction).toBeNull();
  });

  test('of different fields by different people all count, and undo takes back one’s own', () => {
    const { amira, benoit } = withForm(['0', '1', '2'].map((key) => testField({ key })));
    const undo = makeUndo(amira.doc, dossierUndoable(amira.doc));
    for (const n of ['0', '2']) correctField(amira.doc, { pieceId, field: fieldOf(0, n), value: 'a' }, amira.author);
    correctField(benoit.doc, { pieceId, field: fieldOf(0, '1'), value: 'b' }, benoit.author);
    settle([amira, benoit]);
    expect(values(benoit)).toEqual([['a', 'b', 'a']]);
    undo.undo(amira.author);
    settle([amira, benoit]);
    expect(values(benoit)).toEqual([['a', 'b', 'Durand']]);
  });

  test.each<[string, Partial<FormField>, string, boolean]>([
    ['[F6] a card number', {}, `Carte ${CARD}`, true],
    ['[F6] a personal number that the agent did not say', {}, NIR, false],
    ['[F6] anything in a masked field, unless the agent said so', { keeping: 'masked', value: null }, 'x', false],
    ['anything in a dropped field', { keeping: 'dropped', value: null }, 'x', true],
  ])('%s is refused', (_, field, value, ticked) => {
    const { amira } = withForm([testField(field)]);
    const correct = () => correctField(amira.doc, { pieceId, field: fieldOf(0), value, ticked }, amira.author);
    expect(refusal(amira, correct)).toBe('secret');
  });

  test('a personal number that the agent said is taken', () => {
    const { amira } = withForm([testField({ keeping: 'masked', value: null })]);
    correctField(amira.doc, { pieceId, field: fieldOf(0), value: NIR, ticked: true }, amira.author);
    expect(values(amira)).toEqual([[NIR]]);
  });

  test('a field that is not there is refused', () => {
    const { amira } = withForm();
    const correct = (field: FieldId) => () => correctField(amira.doc, { pieceId, field, value: 'x' }, amira.author);
    expect(refusal(amira, correct(fieldOf(5)))).toBe('not-found');
    expect(refusal(amira, correct(fieldOf(0, '9')))).toBe('not-found');
  });
});

test('[F16] a form is offered as a template and withdrawn; a piece without one is not', () => {
  const { amira } = withForm();
  saveAsTemplate(amira.doc, { pieceId }, amira.author);
  expect(piecesView(amira.doc).getSnapshot().items[0]?.template).toEqual(amira.author);
  dropTemplate(amira.doc, { pieceId }, amira.author);
  expect(piecesView(amira.doc).getSnapshot().items[0]?.template).toBeNull();
  const [bare] = makeReplicas(1) as [TestReplica];
  add(bare, null);
  expect(refusal(bare, () => saveAsTemplate(bare.doc, { pieceId }, bare.author))).toBe('not-found');
});

describe('[F17]', () => {
  test('a correction and a step notify no list', () => {
    const { amira } = withForm();
    const list = piecesView(amira.doc);
    let heard = 0;
    list.subscribe(() => (heard += 1));
    correctField(amira.doc, { pieceId, field: fieldOf(0), value: 'Dupont' }, amira.author);
    appendFormStep(amira.doc, { pieceId, step: testStep(stepOf(1)) }, amira.author);
    expect(heard).toBe(0);
    saveAsTemplate(amira.doc, { pieceId }, amira.author);
    expect(heard).toBe(1);
  });

  test('what cannot be read is counted', () => {
    const { amira } = withForm();
    const piece = piecesOf(amira.doc).get(pieceId) as Y.Map<Y.Map<unknown>>;
    piece.get('formSteps')?.set(stepOf(1), { fields: 'x' });
    piece.get('formSteps')?.set(stepOf(2), null);
    piece.get('corrections')?.set(fieldOf(0), 'Dupont');
    expect(shown(amira)).toMatchObject({ unreadable: 3, steps: [{ fields: [{ value: 'Durand', correction: null }] }] });
  });
});

test('[F12][F15] replicas that saw the same edits show the same form, and no step is lost', () => {
  const action = fc.record({
    do: fc.constantFrom(
      'step' as const,
      'correct' as const,
      'clear' as const,
      'template' as const,
      'withdraw' as const,
    ),
    n: fc.nat({ max: 3 }),
    value: fc.constantFrom('a', 'b', CARD),
  });
  fc.assert(
    fc.property(histories(action, { replicas: 3 }), (history) => {
      const replicas = makeReplicas(3);
      add(replicas[0] as TestReplica, testStep(stepOf(0)));
      const added = new Set([stepOf(0)]);
      play(replicas, history, ({ doc, author }, step) => {
        // Fresh ids never meet (K1): each device adds steps of its own.
        const id = stepOf(10 * doc.clientID + step.n);
        if (step.do === 'step') {
          appendFormStep(doc, { pieceId, step: testStep(id, [testField()], step.n) }, author);
          added.add(id);
        }
        const field = `${step.n === 0 ? stepOf(0) : stepOf(10 + step.n)}/0` as FieldId;
        if (step.do === 'correct') correctField(doc, { pieceId, field, value: step.value }, author);
        if (step.do === 'clear') correctField(doc, { pieceId, field, value: null }, author);
        if (step.do === 'template') saveAsTemplate(doc, { pieceId }, author);
        if (step.do === 'withdraw') dropTemplate(doc, { pieceId }, author);
      });
      settle(replicas);
      const [first, ...others] = replicas.map((replica) => ({
        form: shown(replica),
        list: piecesView(replica.doc).getSnapshot(),
      }));
      for (const other of others) expect(other).toEqual(first);
      expect(new Set(first?.form?.steps.map(({ id }) => id))).toEqual(added);
      for (const { doc } of replicas) expect(JSON.stringify(piecesOf(doc).toJSON())).not.toContain(CARD);
    }),
    { numRuns: 100 },
  );
});
