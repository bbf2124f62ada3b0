import type { SyncState, SyncTrouble } from '@liasse/core/replica';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { formatFor } from '../language/format.ts';
import { setLanguage } from '../language/i18n.ts';
import { translator } from '../language/strings.ts';
import { syncStrings } from './sync.strings.ts';
import { type SyncKind, syncMessage } from './syncMessage.ts';

const at = Date.UTC(2026, 10, 23, 13, 2);
const state = (change: Partial<SyncState> = {}): SyncState => ({
  phase: 'ready',
  saving: false,
  unsent: 0,
  recordedAt: at,
  connection: 'online',
  trouble: null,
  ...change,
});
const trouble = (code: SyncTrouble['code']): SyncTrouble => ({ code, room: null });
const say = (sync: SyncState, blobs = 0) =>
  syncMessage(sync, blobs, { t: translator(syncStrings), time: formatFor('fr').time });

afterEach(() => setLanguage('fr'));

const LOCAL = 'Enregistré sur cet appareil';
const RECORDED = 'Enregistré sur le serveur · 14\u00a0h\u00a002';

describe('the words of the chip', () => {
  test.each<[words: string, kind: SyncKind, sync: Partial<SyncState>, blobs?: number]>([
    ['Ouverture…', 'loading', { phase: 'loading' }],
    ['Ouverture…', 'loading', { phase: 'loading', connection: 'offline', unsent: 2 }],
    ['Enregistrement…', 'saving', { saving: true }],
    ['Enregistrement…', 'saving', { saving: true, connection: 'offline', unsent: 3 }],
    ['Enregistrement…', 'saving', { saving: true, connection: 'none' }],
    [RECORDED, 'recorded', {}],
    [RECORDED, 'recorded', { connection: 'connecting' }],
    [LOCAL, 'local', { recordedAt: null }],
    [LOCAL, 'local', { recordedAt: null, connection: 'connecting' }],
    [`${LOCAL} · 3 modifications à envoyer`, 'local', { unsent: 3 }],
    [`${LOCAL} · 1 modification à envoyer`, 'local', { unsent: 1, connection: 'connecting', recordedAt: null }],
    [`${LOCAL} · 2 fichiers à envoyer`, 'local', {}, 2],
    [`${LOCAL} · 3 modifications et 1 fichier à envoyer`, 'local', { unsent: 3 }, 1],
    ['Hors ligne', 'offline', { connection: 'offline' }],
    ['Hors ligne · 3 modifications à envoyer', 'offline', { connection: 'offline', unsent: 3 }],
    ['Hors ligne · 4 fichiers à envoyer', 'offline', { connection: 'offline' }, 4],
    [LOCAL, 'alone', { connection: 'none', recordedAt: null }],
    [LOCAL, 'alone', { connection: 'none', recordedAt: null, unsent: 12 }, 3],
    ['Envoyé, sans confirmation du serveur', 'sent', { connection: 'sent', recordedAt: null, unsent: 5 }],
    [`${LOCAL} · 1 fichier à envoyer`, 'local', { connection: 'sent', recordedAt: null, unsent: 5 }, 1],
    ['Dernière modification non enregistrée', 'no-space', { trouble: trouble('no-space'), unsent: 2 }],
    ['Modifications refusées', 'refused', { trouble: trouble('refused') }],
    ['Session expirée', 'signed-out', { trouble: trouble('signed-out'), connection: 'offline' }],
    ['Session expirée · 2 modifications à envoyer', 'signed-out', { trouble: trouble('signed-out'), unsent: 2 }],
    ['Accès retiré', 'forbidden', { trouble: trouble('forbidden'), unsent: 2 }],
    ['Copie de cet appareil effacée', 'lost-local', { trouble: trouble('lost-local') }],
    ['Mise à jour nécessaire', 'client-too-old', { trouble: trouble('client-too-old') }],
    ['Document lu en partie', 'document-error', { trouble: trouble('document-error'), phase: 'loading' }],
  ])('%s (%s) of %o with %s files', (words, kind, sync, blobs = 0) => {
    const message = say(state(sync), blobs);
    expect(message.words).toBe(words);
    expect(message.kind).toBe(kind);
  });

  test('offline explains itself in the words of look.md', () => {
    expect(say(state({ connection: 'offline' })).explanation).toBe(
      'Hors ligne. Vous pouvez continuer\u00a0: tout est gardé sur cet appareil.',
    );
  });
});

const TROUBLES = ['no-space', 'refused', 'signed-out', 'forbidden', 'lost-local', 'client-too-old', 'document-error'];

const anyState = fc.record({
  phase: fc.constantFrom('loading', 'ready'),
  saving: fc.boolean(),
  unsent: fc.nat(5),
  recordedAt: fc.option(fc.constant(at)),
  connection: fc.constantFrom('none', 'connecting', 'online', 'offline', 'sent'),
  trouble: fc.option(fc.constantFrom(...TROUBLES).map((code) => trouble(code as SyncTrouble['code']))),
}) as fc.Arbitrary<SyncState>;

describe('whatever the state', () => {
  test('it has one sentence in each language, never a key', () => {
    fc.assert(
      fc.property(anyState, fc.nat(3), fc.constantFrom('fr' as const, 'en' as const), (sync, blobs, language) => {
        setLanguage(language);
        const { words, explanation, safe } = say(sync, blobs);
        for (const text of [words, explanation, safe ?? 'Saved']) {
          expect(text).toMatch(/^\p{Lu}/u);
          expect(text).not.toMatch(/\{\{|undefined|What$/);
        }
      }),
    );
  });

  test('it says “on the server” only of what the server acknowledged whole', () => {
    fc.assert(
      fc.property(anyState, fc.nat(3), (sync, blobs) => {
        if (!/sur le serveur ·/.test(say(sync, blobs).words)) return;
        expect(sync).toMatchObject({ phase: 'ready', saving: false, unsent: 0, trouble: null });
        expect(sync.recordedAt).not.toBeNull();
        expect(blobs).toBe(0);
      }),
      // Few states are recorded ones; the example is the one that forgetting the files lets through.
      { numRuns: 2000, examples: [[state(), 1]] },
    );
  });

  test('it never says that all is kept while something is not', () => {
    fc.assert(
      fc.property(anyState, fc.nat(3), (sync, blobs) => {
        const { words, explanation, safe } = say(sync, blobs);
        const claims = /tout est gardé|Enregistré sur/i.test(`${words} ${explanation} ${safe ?? ''}`);
        if (sync.saving || sync.trouble?.code === 'no-space' || sync.trouble?.code === 'lost-local') {
          expect(claims).toBe(false);
        }
      }),
      { examples: [[state({ saving: true, trouble: trouble('signed-out') }), 0]] },
    );
  });

  test('what waits for a server is counted, unless none will ever take it', () => {
    fc.assert(
      fc.property(anyState, fc.nat(3), (sync, blobs) => {
        const expected = { none: 0, sent: blobs }[sync.connection as string] ?? sync.unsent + blobs;
        expect(say(sync, blobs).waiting).toBe(expected);
      }),
    );
  });
});
