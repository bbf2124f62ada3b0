import {
  AccountId,
  addPiece,
  correctField,
  type DossierId,
  type FieldId,
  type FormField,
  type FormStepId,
  type PieceId,
  type TeamId,
} from '@liasse/core';
import { makeReplicas, testDraft, testField, testId, testStep } from '@liasse/core/testing';
import { beforeEach, expect, test } from 'vitest';
import { shadowRootOf } from '../capture/dom.ts';
import { makeFormSide } from '../capture/forms/formSide.ts';
import type { Device } from './device.ts';
import { fillChosen, planFill } from './fillForm.ts';
import type { PageTaker } from './take/pageTaker.ts';

const [pieceId, stepId, team] = [testId<PieceId>(1), testId<FormStepId>(2), testId<TeamId>(3)];
const url = 'https://demarches.example/aide?etape=1';
const tab = { id: 1, url, documentId: null };
const request = { tab, team, dossierId: testId<DossierId>(4), pieceId };
const author = { by: AccountId.parse('account-1'), at: 1 };

const field = (key: string, name: string, more: Partial<FormField> = {}): FormField =>
  testField({
    key,
    name: { text: name, from: 'label' },
    selectors: { ...testField().selectors, name, label: name, css: [`[name="${name}"]`], ordinal: Number(key) },
    ...more,
  });

/** A device with one captured form, and the page in front. */
function ports() {
  const [{ doc }] = makeReplicas(1) as [ReturnType<typeof makeReplicas>[number]];
  const form = testStep(stepId, [
    field('0', 'nom'),
    field('1', 'ville', { value: 'Rouen' }),
    field('2', 'objet', { value: 'Aide' }),
    field('3', 'parti', { value: 'x' }),
    field('4', 'secret', { keeping: 'dropped', value: null }),
  ]);
  const draft = testDraft({ kind: 'form', url: 'https://demarches.example/autre' });
  addPiece(doc, { pieceId, rank: 'a0' as never, draft, form }, author);
  correctField(doc, { pieceId, field: `${stepId}/0` as FieldId, value: 'Dupont' }, author);
  const device = {
    teamOr: () => team,
    withTeam: <T>(of: TeamId, task: (at: object) => Promise<T>) =>
      task({ team: of, open: () => ({ doc, loaded: Promise.resolve(), close: () => {} }) }),
  } as unknown as Device;
  const side = makeFormSide(document, {
    doors: { shadowOf: (element) => shadowRootOf(element) },
    hand: { wait: async () => {} },
  });
  const taker: PageTaker = {
    addressOf: async () => url,
    run: async () => null,
    framesOf: async () => [],
    call: async () => null,
    callForm: async (_target, method, args) =>
      JSON.parse(JSON.stringify(await (side[method] as (...given: readonly unknown[]) => unknown)(...args))),
  };
  return { device, taker };
}

beforeEach(() => {
  document.body.innerHTML =
    '<form><input name="nom" aria-label="nom"><input name="ville" aria-label="ville" value="Caen">' +
    '<input name="objet" aria-label="objet" value="Aide"><input name="secret" type="password" value="marqueur"></form>';
});

test('[F20][F26] the plan says of each field what would be written, and offers first what writes over nothing', async () => {
  const { lines } = await planFill(ports(), request);
  expect(lines.map(({ name, does, now, next }) => [name, does, now, next])).toEqual([
    ['nom', 'fill', '', 'Dupont'],
    ['ville', 'replace', 'Caen', 'Rouen'],
    ['objet', 'same', 'Aide', 'Aide'],
    ['parti', 'missing', null, 'x'],
    ['secret', 'denied', expect.toSatisfy((now) => now === null), null],
  ]);
  expect(JSON.stringify(lines)).not.toContain('marqueur');
});

test('[F22][F24] only what was ticked is written, and each has its outcome', async () => {
  const chosen = [`${stepId}/0`, `${stepId}/3`, `${stepId}/4`];
  const { lines } = await fillChosen(ports(), { ...request, chosen });
  expect(lines).toEqual([
    { id: chosen[0], outcome: 'filled' },
    { id: chosen[1], outcome: 'gone' },
    { id: chosen[2], outcome: 'gone' },
  ]);
  const values = [...document.querySelectorAll('input')].map((input) => input.value);
  expect(values).toEqual(['Dupont', 'Caen', 'Aide', 'marqueur']);
});

test('[F25] a form of another site fills nothing, nor one that is gone, nor a page that is', async () => {
  const at = ports();
  const elsewhere = { ...at, taker: { ...at.taker, addressOf: async () => 'https://autre.example/' } };
  const there = { ...request, tab: { ...tab, url: 'https://autre.example/' } };
  await expect(planFill(elsewhere, there)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(fillChosen(elsewhere, { ...there, chosen: [] })).rejects.toMatchObject({ code: 'forbidden' });
  for (const near of ['http://demarches.example/', 'https://demarches.example:8443/']) {
    const here = { ...at, taker: { ...at.taker, addressOf: async () => near } };
    await expect(planFill(here, { ...request, tab: { ...tab, url: near } })).rejects.toMatchObject({
      code: 'forbidden',
    });
  }
  await expect(planFill(at, { ...request, pieceId: testId<PieceId>(9) })).rejects.toMatchObject({ code: 'not-found' });
  await expect(planFill(elsewhere, request)).rejects.toMatchObject({ code: 'no-form' });
});
