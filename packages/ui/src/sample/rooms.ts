import {
  type AgendaItemId,
  addItem,
  addNote,
  addPiece,
  blockCard,
  type CardId,
  createCard,
  type Day,
  type DossierId,
  endOfSlip,
  type ItemKind,
  type MeetingId,
  type NoteId,
  newId,
  type PieceId,
  type Rank,
  rankBetween,
  STARTING_COLUMNS,
  setMeetingPlace,
  startBoard,
  type TeamDoc,
  type TeamDocs,
} from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';

interface SampleDossier {
  readonly now: number;
  readonly note: string;
  readonly pieces: readonly { readonly title: string; readonly path: string; readonly text: readonly string[] }[];
}

export async function fillDossier(docs: TeamDocs, room: RoomName, dossier: SampleDossier): Promise<void> {
  await inRoom(docs, room, (open) => {
    for (const { title, path, text } of dossier.pieces) {
      open.run(addPiece, {
        pieceId: newId<PieceId>(docs.random),
        rank: endOfSlip(open.doc, docs.random),
        // `.example` belongs to nobody: a sample must not say that a real page said this.
        draft: {
          title,
          url: `https://intranet.example/${path}`,
          site: 'intranet.example',
          language: null,
          capturedAt: dossier.now,
          legal: null,
          text: [
            { kind: 'heading', level: 1, text: title },
            ...text.map((line) => ({ kind: 'paragraph' as const, text: line })),
          ],
          missing: [],
        },
      });
    }
    open.run(addNote, {
      noteId: newId<NoteId>(docs.random),
      rank: rankBetween(null, null, docs.random),
      title: dossier.note,
    });
  });
}

interface SampleBoard {
  readonly columns: { readonly todo: string; readonly doing: string; readonly done: string };
  readonly cards: readonly {
    readonly column: keyof typeof STARTING_COLUMNS;
    readonly title: string;
    readonly due?: Day;
    readonly dossierId?: DossierId;
    readonly meetingId?: MeetingId;
    readonly blocked?: string;
  }[];
}

export async function fillBoard(docs: TeamDocs, room: RoomName, { columns, cards }: SampleBoard): Promise<void> {
  await inRoom(docs, room, (open) => {
    open.run(startBoard, { titles: columns });
    let rank: Rank | null = null;
    for (const { column, blocked, ...card } of cards) {
      rank = rankBetween(rank, null, docs.random);
      const cardId = newId<CardId>(docs.random);
      open.run(createCard, { ...card, cardId, place: { columnId: STARTING_COLUMNS[column], rank } });
      if (blocked !== undefined) open.run(blockCard, { cardId, reason: blocked });
    }
  });
}

interface SampleAgenda {
  readonly place: string;
  readonly items: readonly {
    readonly title: string;
    readonly kind: ItemKind;
    readonly minutes: number;
    readonly rapporteur: string;
  }[];
}

export async function fillAgenda(docs: TeamDocs, room: RoomName, { place, items }: SampleAgenda): Promise<void> {
  await inRoom(docs, room, (open) => {
    open.run(setMeetingPlace, { place });
    let rank: Rank | null = null;
    for (const item of items) {
      rank = rankBetween(rank, null, docs.random);
      open.run(addItem, { ...item, itemId: newId<AgendaItemId>(docs.random), rank });
    }
  });
}

async function inRoom(docs: TeamDocs, room: RoomName, act: (open: TeamDoc) => void): Promise<void> {
  const open = docs.open(room);
  try {
    await open.loaded;
    act(open);
    await open.saved();
  } finally {
    open.close();
  }
}
