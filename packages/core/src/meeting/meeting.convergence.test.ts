import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AgendaItemId } from '../kernel/ids.ts';
import { rankAt } from '../kernel/rank.ts';
import { makeUndo, type Undo } from '../kernel/undo.ts';
import { histories, makeReplicas, play, type Step, settle, type TestReplica, testId } from '../testing/index.ts';
import {
  addItem,
  moveItem,
  renameItem,
  restoreItem,
  setItemKind,
  setItemMinutes,
  setItemRapporteur,
  trashItem,
} from './item.operations.ts';
import { createMeeting, renameMeeting, restoreMeeting, scheduleMeeting, trashMeeting } from './meeting.operations.ts';
import { ItemKind, meetingUndoable } from './meeting.ts';
import { agendaView, itemBody, meetingView, trashedAgendaView } from './meeting.view.ts';

const REPLICAS = 4;

type Action =
  | {
      readonly do:
        | 'add'
        | 'rename'
        | 'kind'
        | 'minutes'
        | 'rapporteur'
        | 'move'
        | 'trash'
        | 'restore'
        | 'write'
        | 'erase';
      /** Whose item, and which of theirs: each device adds ids of its own (K1), and all meet on them. */
      readonly of: number;
      readonly n: number;
      readonly at: number;
    }
  | { readonly do: 'undo' | 'redo' | 'rename-meeting' | 'schedule' | 'trash-meeting' | 'restore-meeting' };

const onItem = (...what: readonly Extract<Action, { of: number }>['do'][]) =>
  fc.record({
    do: fc.constantFrom(...what),
    of: fc.nat({ max: REPLICAS - 1 }),
    n: fc.nat({ max: 2 }),
    at: fc.nat({ max: 6 }),
  });

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: onItem('add') },
  { weight: 4, arbitrary: onItem('rename', 'kind', 'minutes', 'rapporteur', 'move', 'trash', 'restore') },
  { weight: 4, arbitrary: onItem('write') },
  { weight: 1, arbitrary: onItem('erase') },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'rename-meeting' as const,
        'schedule' as const,
        'trash-meeting' as const,
        'restore-meeting' as const,
      ),
    }),
  },
);

const itemOf = (replica: number, n: number) => testId<AgendaItemId>(500 + replica * 10 + n);

/** What was added, written and erased anywhere, to be found again everywhere, or nowhere. */
interface Ledger {
  readonly added: Set<string>;
  readonly written: Set<string>;
  readonly erased: Set<string>;
  readonly undos: Map<TestReplica, Undo>;
}

const WORD = /\S+/g;

function act(ledger: Ledger, replica: TestReplica, step: Action): void {
  const { doc, author } = replica;
  const undo = ledger.undos.get(replica);
  switch (step.do) {
    case 'undo':
      undo?.undo(author);
      return;
    case 'redo':
      undo?.redo(author);
      return;
    case 'rename-meeting':
      renameMeeting(doc, { title: `by ${replica.name}` }, author);
      return;
    case 'schedule':
      scheduleMeeting(doc, { when: { day: `2026-11-0${doc.clientID}`, startTime: '09:00' } }, author);
      return;
    case 'trash-meeting':
      trashMeeting(doc, {}, author);
      return;
    case 'restore-meeting':
      restoreMeeting(doc, {}, author);
      return;
    case 'write':
      write(ledger, replica, step);
      return;
    case 'erase':
      erase(ledger, replica, step);
      return;
    default:
      change(ledger, replica, step);
  }
}

function change(
  ledger: Ledger,
  { doc, author, random, name }: TestReplica,
  step: Extract<Action, { of: number }>,
): void {
  const rank = rankAt(agendaView(doc).getSnapshot().items, step.at, random);
  if (step.do === 'add') {
    const itemId = itemOf(doc.clientID - 1, step.n);
    addItem(doc, { itemId, rank, title: `by ${name}`, kind: 'discussion', minutes: 10 }, author);
    ledger.added.add(itemId);
    return;
  }
  const itemId = itemOf(step.of, step.n);
  if (step.do === 'rename') renameItem(doc, { itemId, title: `renamed by ${name}` }, author);
  if (step.do === 'kind') setItemKind(doc, { itemId, kind: ItemKind.options[step.at % 4] ?? 'decision' }, author);
  if (step.do === 'minutes') setItemMinutes(doc, { itemId, minutes: step.at * 5 }, author);
  if (step.do === 'rapporteur') setItemRapporteur(doc, { itemId, rapporteur: name }, author);
  if (step.do === 'move') moveItem(doc, { itemId, rank }, author);
  if (step.do === 'trash') trashItem(doc, { itemId }, author);
  if (step.do === 'restore') restoreItem(doc, { itemId }, author);
}

/** Writes one word that no other step writes, between two words of a text, as an editor does: paragraphs come with words. */
function write(ledger: Ledger, replica: TestReplica, { of, n, at }: { of: number; n: number; at: number }): void {
  const body = itemBody(replica.doc, itemOf(of, n));
  if (body === null) return;
  const word = `w${ledger.written.size}`;
  replica.doc.transact(() => {
    if (body.length === 0) body.insert(0, [new Y.XmlElement('paragraph')]);
    const paragraph = body.get(at % body.length) as Y.XmlElement;
    if (paragraph.length === 0) paragraph.insert(0, [new Y.XmlText()]);
    const text = paragraph.get(0) as Y.XmlText;
    const places = [0, ...[...text.toString().matchAll(WORD)].map((found) => found.index + found[0].length)];
    text.insert(places[at % places.length] ?? 0, ` ${word} `);
  });
  ledger.written.add(word);
}

/** Erases a whole word. Concurrently with others' words around it. */
function erase(ledger: Ledger, replica: TestReplica, { of, n, at }: { of: number; n: number; at: number }): void {
  const paragraph = itemBody(replica.doc, itemOf(of, n))?.get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) return;
  const words = [...text.toString().matchAll(WORD)];
  const word = words[at % Math.max(words.length, 1)];
  if (word === undefined) return;
  text.delete(word.index, word[0].length);
  ledger.erased.add(word[0]);
}

/** Everything a person can see of a meeting, with its texts. */
function shown(doc: Y.Doc) {
  const agenda = agendaView(doc).getSnapshot();
  const trashed = trashedAgendaView(doc).getSnapshot();
  const texts = [...agenda.items, ...trashed.items].map(({ id }) => itemBody(doc, id)?.toString() ?? 'no body');
  return { meeting: meetingView(doc).getSnapshot(), agenda, trashed, texts };
}

function run(history: readonly Step<Action>[]) {
  const replicas = makeReplicas(REPLICAS);
  const [first] = replicas as [TestReplica];
  createMeeting(first.doc, { meetingId: testId(1), title: 'Comité budgétaire' }, first.author);
  settle(replicas);
  // Read before anything happens, so that what is compared was kept up to date change by change.
  for (const { doc } of replicas) shown(doc);
  const ledger: Ledger = {
    added: new Set(),
    written: new Set(),
    erased: new Set(),
    undos: new Map(replicas.map((replica) => [replica, makeUndo(replica.doc, meetingUndoable(replica.doc))])),
  };
  play(replicas, history, (replica, step) => act(ledger, replica, step));
  settle(replicas);
  return { replicas, ledger };
}

describe('many devices', () => {
  test('[M7][M8] they show one agenda; no item is lost, and every word is there once, whatever was undone', () => {
    fc.assert(
      fc.property(histories(action, { replicas: REPLICAS, maxLength: 80 }), (history) => {
        const { replicas, ledger } = run(history);
        const [first, ...others] = replicas.map(({ doc }) => shown(doc)) as [ReturnType<typeof shown>];
        for (const other of others) expect(other).toEqual(first);

        expect(new Set([...first.agenda.byId.keys(), ...first.trashed.byId.keys()])).toEqual(ledger.added);
        expect(first.agenda.unreadable + first.trashed.unreadable).toBe(0);
        const words = first.texts.flatMap((text) => text.replaceAll(/<[^>]+>/g, ' ').match(WORD) ?? []);
        expect(words.sort()).toEqual([...ledger.written].filter((word) => !ledger.erased.has(word)).sort());
      }),
      { numRuns: 200 },
    );
  });

  test('[M8] example: what a colleague wrote in an item survives its author taking the addition back', () => {
    const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
    const undo = makeUndo(amira.doc, meetingUndoable(amira.doc));
    const itemId = itemOf(0, 0);
    const rank = rankAt([], 0, amira.random);
    addItem(amira.doc, { itemId, rank, title: 'Exécution', kind: 'information', minutes: 10 }, amira.author);
    settle([amira, benoit]);
    itemBody(benoit.doc, itemId)?.insert(0, [new Y.XmlText('Crédits consommés à 82 %')]);
    undo.undo(amira.author);
    settle([amira, benoit]);

    for (const { doc } of [amira, benoit]) {
      expect(agendaView(doc).getSnapshot().items).toEqual([]);
      expect(trashedAgendaView(doc).getSnapshot().byId.has(itemId)).toBe(true);
    }
    undo.redo(amira.author);
    settle([amira, benoit]);
    for (const { doc } of [amira, benoit]) {
      expect(agendaView(doc).getSnapshot().items).toHaveLength(1);
      expect(itemBody(doc, itemId)?.toString()).toBe('Crédits consommés à 82 %');
    }
  });

  test('[M8] example: a text written while another trashes its item is kept with it', () => {
    const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
    const itemId = itemOf(0, 0);
    const rank = rankAt([], 0, amira.random);
    addItem(amira.doc, { itemId, rank, title: 'Exécution', kind: 'information', minutes: 10 }, amira.author);
    settle([amira, benoit]);
    trashItem(amira.doc, { itemId }, amira.author);
    itemBody(benoit.doc, itemId)?.insert(0, [new Y.XmlText('à garder')]);
    settle([amira, benoit]);
    restoreItem(amira.doc, { itemId }, amira.author);
    settle([amira, benoit]);
    expect(itemBody(benoit.doc, itemId)?.toString()).toBe('à garder');
    expect(agendaView(benoit.doc).getSnapshot().items).toHaveLength(1);
  });
});
