// @vitest-environment node
import 'fake-indexeddb/auto';
import { type DossierId, encodeStep, type FormStepId } from '@liasse/core';
import { hashOf } from '@liasse/core/replica';
import { testField, testId, testStep } from '@liasse/core/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { PageTaker } from './take/pageTaker.ts';

import { copy, expectWhole, held, newDevice, open, page, pages, request, startWorker, team, url } from './testing.ts';

beforeEach(newDevice);

describe('a form', () => {
  const formRequest = { ...request, take: 'form' as const, form: { stepOf: null, ticked: [] } };
  const {
    id: _id,
    at: _at,
    ...capture
  } = testStep(testId<FormStepId>(1), [
    testField(),
    testField({ key: '1', keeping: 'dropped', value: null, name: { text: 'Mot de passe', from: 'label' } }),
  ]);
  const withForm = (form: unknown): PageTaker => ({ ...page, callForm: async () => form });
  const next = (of: {
    readonly pieceId: string;
    readonly dossier: { readonly id: string; readonly title: string };
  }) => ({
    ...formRequest,
    jobId: crypto.randomUUID(),
    dossier: of.dossier,
    form: { stepOf: of.pieceId, ticked: [] },
  });

  test('[F19] is added with its page, and stands in the manifest by its hash', async () => {
    const { clips } = startWorker(open, withForm(capture));
    const clipped = await clips.start(formRequest);
    expect(clipped).toMatchObject({ kept: 'page', form: { kept: 1, dropped: ['Mot de passe'] } });
    const { pieces, forms, snapshots, manifests } = await expectWhole(clipped.dossier.id);
    expect(pieces[0]).toMatchObject({ kind: 'form', hasForm: true });
    expect(snapshots).toEqual([copy]);
    const { id, at, ...read } = forms[0]?.steps[0] ?? { id: '', at: 0 };
    expect(read).toMatchObject({ title: capture.title, fields: [{ value: 'Durand' }, { value: null }] });
    const step = { ...capture, id: id as FormStepId, at };
    const digest = await hashOf(new Blob([encodeStep(step)]));
    expect(manifests[0]?.resources.filter(({ role }) => role === 'form')).toMatchObject([{ hash: `sha256:${digest}` }]);
    expect(await pages.findForms(`local/agent/${team}`, url)).toMatchObject([{ pieceId: clipped.pieceId }]);
  });

  test('[F28] is judged again: what is no field is counted, and a secret never enters the document', async () => {
    const card = testField({ key: '2', value: '4111 1111 1111 1111' });
    const { clips } = startWorker(
      open,
      withForm({ ...capture, fields: [...capture.fields, card, { key: 'x' }, card] }),
    );
    const { forms } = await held((await clips.start(formRequest)).dossier.id as DossierId);
    expect(forms[0]?.steps[0]).toMatchObject({
      unread: { fields: 2 },
      fields: [{}, {}, { keeping: 'dropped', value: null }],
    });
  });

  test.each<unknown>([null, 'x', { ...capture, fields: [] }])(
    'that cannot be read (%j) leaves the page',
    async (form) => {
      const { clips } = startWorker(open, withForm(form));
      const clipped = await clips.start(formRequest);
      expect(clipped).toMatchObject({ kept: 'page', form: null });
      expect((await held(clipped.dossier.id as DossierId)).pieces).toMatchObject([{ kind: 'page', hasForm: false }]);
    },
  );

  test('[F29][F18] a further step is added to its piece, once, and taken back alone', async () => {
    const { clips } = startWorker(open, withForm(capture));
    const first = await clips.start(formRequest);
    const second = next(first);
    const [again] = await Promise.all([clips.start(second), clips.start(second)]);
    expect(again).toMatchObject({ pieceId: first.pieceId, kept: 'page' });
    const after = await held(first.dossier.id as DossierId);
    expect(after.pieces).toHaveLength(1);
    expect(after.forms[0]?.steps.map(({ number }) => number)).toEqual([1, 2]);
    await clips.undo(second.jobId);
    const { pieces, forms } = await held(first.dossier.id as DossierId);
    expect([pieces.length, forms[0]?.steps.length]).toEqual([1, 1]);
  });

  test('[F29] a step whose worker is stopped anywhere is added once', async () => {
    const first = await startWorker(open, withForm(capture)).clips.start(formRequest);
    for (let nth = 1; nth < 40; nth++) {
      const second = next(first);
      let asked = 0;
      const stopped = new Promise<'stopped'>((resolve) => {
        const gate = async () => {
          asked += 1;
          if (asked !== nth) return;
          worker.kill();
          resolve('stopped');
          await new Promise(() => {});
        };
        const worker = startWorker(gate, withForm(capture));
        void worker.clips.start(second).then(() => resolve('stopped'));
      });
      await stopped;
      await startWorker(open, withForm(capture)).clips.start(second);
      const { forms } = await held(first.dossier.id as DossierId);
      expect(forms[0]?.steps, `stopped at ${nth}`).toHaveLength(nth + 1);
      if (asked < nth) {
        expect(nth).toBeGreaterThan(8);
        return;
      }
    }
    throw new Error('it never came to its end');
  });

  test.each<[string, PageTaker]>([
    ['the page is gone', { ...withForm(capture), addressOf: async () => undefined }],
    ['there is no form', withForm(null)],
  ])('[F29] a step is refused when %s, and nothing is added', async (_, taker) => {
    const first = await startWorker(open, withForm(capture)).clips.start(formRequest);
    await expect(startWorker(open, taker).clips.start(next(first))).rejects.toMatchObject({ code: 'no-form' });
    expect((await held(first.dossier.id as DossierId)).forms[0]?.steps).toHaveLength(1);
  });
});
