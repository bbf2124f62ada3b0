import { Refusal } from '@liasse/core';
import { describe, expect, test, vi } from 'vitest';
import { ask } from './ask.ts';
import { contract, type Granted } from './contract.ts';
import { type Handlers, receive, type Sender } from './receive.ts';

const own = { id: 'liasse-id', address: 'chrome-extension://liasse-id/' };
const popup: Sender = { id: own.id, url: `${own.address}popup.html` };
const jobId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const id = 'h2spc3vky1n1f380vceypcp0';
const clipped: Granted<'clip.wait'> = {
  team: id,
  pieceId: id,
  dossier: { id, title: 'Subventions' },
  snapshot: null,
  kept: 'page',
  missing: [],
  form: null,
};
const start = {
  jobId,
  tab: { id: 1, url: 'https://site.example/', documentId: null },
  take: 'page',
  fromPrivate: 'refuse',
  versionOf: null,
  title: 'Titre',
  facts: null,
  team: null,
  dossier: { create: 'Subventions' },
};

function worker(overrides: Partial<Handlers> = {}) {
  const handlers: Handlers = {
    'clip.start': vi.fn(async () => clipped),
    'clip.wait': vi.fn(async () => clipped),
    'clip.progress': vi.fn(async () => ({ progress: null })),
    'clip.cancel': vi.fn(async () => ({})),
    'clip.undo': vi.fn(async () => ({})),
    'pages.known': vi.fn(async () => ({ pieces: [] })),
    'forms.look': vi.fn(async () => ({ kept: 0, masked: [], dropped: [], framesAway: 0 })),
    'forms.known': vi.fn(async () => ({ forms: [] })),
    'complete.offer': vi.fn(async () => ({ origins: [], held: [] })),
    'complete.ask': vi.fn(async () => ({})),
    'complete.start': vi.fn(async () => ({ found: 0, left: 0, framesLeft: 0 })),
    'forms.plan': vi.fn(async () => ({ lines: [] })),
    'forms.fill': vi.fn(async () => ({ lines: [] })),
    'dossiers.refresh': vi.fn(async () => ({})),
    ...overrides,
  };
  const untouched = () => Object.values(handlers).every((handler) => vi.mocked(handler).mock.calls.length === 0);
  return { handlers, untouched };
}

const to = (kind: string, request: unknown) => ({ to: 'worker', kind, request });

describe('a message of the wrong shape', () => {
  test.each([
    ['nothing', undefined],
    ['a text', 'clip.start'],
    ['another shape', { action: 'clip.start' }],
    ['an unknown kind', to('clip.everything', {})],
    ['a kind that every object has', to('constructor', {})],
    ['no request', to('clip.start', undefined)],
    ['a part missing', to('clip.wait', {})],
    ['a part too many', to('clip.wait', { jobId, also: 1 })],
    ['an id that is none', to('clip.start', { ...start, team: '../board' })],
    ['an address that is none', to('clip.start', { ...start, tab: { ...start.tab, url: '' } })],
    [
      'a tick that names no field',
      to('clip.start', { ...start, form: { stepOf: null, ticked: [{ key: '../1', name: '' }] } }),
    ],
    ['an empty dossier name', to('clip.start', { ...start, dossier: { create: '  ' } })],
    ['an envelope with more in it', { ...to('clip.wait', { jobId }), from: 'me' }],
  ])('%s is refused as bad-message, and nothing is done', async (_, message) => {
    const { handlers, untouched } = worker();
    expect(await receive(handlers, message, popup, own)).toMatchObject({ ok: false, code: 'bad-message' });
    expect(untouched()).toBe(true);
  });
});

describe('a sender that is not a page of this extension', () => {
  test.each<[string, Sender]>([
    ['a content script, which has the extension’s id', { id: own.id, url: 'https://site.example/' }],
    ['another extension', { id: 'other', url: 'chrome-extension://other/popup.html' }],
    ['another extension under our address', { id: 'other', url: popup.url }],
    [
      'a page whose address only looks like ours',
      { id: own.id, url: 'https://evil.example/chrome-extension://liasse-id/' },
    ],
    ['nobody', {}],
  ])('%s is refused as forbidden, and nothing is done', async (_, sender) => {
    const { handlers, untouched } = worker();
    expect(await receive(handlers, to('clip.start', start), sender, own)).toMatchObject({
      ok: false,
      code: 'forbidden',
    });
    expect(untouched()).toBe(true);
  });
});

describe('an answer', () => {
  const across =
    (handlers: Handlers) =>
    async (message: unknown): Promise<unknown> =>
      structuredClone(await receive(handlers, structuredClone(message), popup, own));

  test('comes back as it was given', async () => {
    const { handlers } = worker();
    expect(await ask(across(handlers), 'clip.wait', { jobId })).toEqual({ ok: true, value: clipped });
    expect(handlers['clip.wait']).toHaveBeenCalledWith({ jobId });
  });

  test('a refusal keeps its code and details', async () => {
    const { handlers } = worker({ 'clip.wait': async () => Promise.reject(new Refusal('no-space', { left: 0 })) });
    expect(await ask(across(handlers), 'clip.wait', { jobId })).toEqual({
      ok: false,
      code: 'no-space',
      details: { left: 0 },
    });
  });

  test('a bug is internal, and says nothing of what it was', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { handlers } = worker({ 'clip.wait': async () => Promise.reject(new Error('secret')) });
    expect(await ask(across(handlers), 'clip.wait', { jobId })).toEqual({
      ok: false,
      code: 'internal',
      details: { kind: 'clip.wait' },
    });
    silent.mockRestore();
  });

  test('a worker that was stopped before it answered is internal; an answer of another shape is bad-message', async () => {
    expect(await ask(() => Promise.reject(new Error('channel closed')), 'clip.wait', { jobId })).toMatchObject({
      code: 'internal',
    });
    expect(await ask(async () => undefined, 'clip.wait', { jobId })).toMatchObject({ code: 'bad-message' });
    expect(await ask(async () => ({ ok: true, value: {} }), 'clip.wait', { jobId })).toMatchObject({
      code: 'bad-message',
    });
  });
});

test('every kind says what it is asked and what it grants', () => {
  for (const { request, granted } of Object.values(contract)) {
    expect(request.safeParse(null).success).toBe(false);
    expect(granted.safeParse(null).success).toBe(false);
  }
});
