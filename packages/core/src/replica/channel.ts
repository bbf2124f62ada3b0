import { z } from 'zod';
import { RoomName } from '../protocol/index.ts';
import type { ContextChannel } from './ports.ts';

const RowId = z.string().min(1).max(64);

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What the contexts of one profile tell each other. */
const ContextMessage = z.discriminatedUnion('kind', [
  /** Rows just made durable by the sender: theirs to journal, everybody's to show and to send. */
  z.object({
    kind: z.literal('rows'),
    room: RoomName,
    /** Of the room’s data, that the rows lean on. */
    generation: z.number().int().min(0).optional(),
    rows: z.array(z.object({ rowId: RowId, edits: z.number().int().min(0), update: Bytes })),
  }),
  /** Rows that the server has recorded, whoever sent them. */
  z.object({ kind: z.literal('recorded'), room: RoomName, rowIds: z.array(RowId) }),
  /** Rows replaced by one that holds them all. */
  z.object({
    kind: z.literal('folded'),
    room: RoomName,
    rowIds: z.array(RowId),
    row: z.object({ rowId: RowId, edits: z.number().int().min(0) }),
  }),
  /** Refused edits of the room were put aside: its next generation begins. */
  z.object({ kind: z.literal('renewed'), room: RoomName, generation: z.number().int().min(1) }),
  /** A draft was made, or is gone. */
  z.object({ kind: z.literal('drafts') }),
  /** The upload queue changed. */
  z.object({ kind: z.literal('uploads') }),
  /** A page of the change feed was noted. */
  z.object({ kind: z.literal('followed') }),
  /** The scope's data is being erased: let go. */
  z.object({ kind: z.literal('erased') }),
]);
export type ContextMessage = z.infer<typeof ContextMessage>;

/** The profile's contexts, heard and spoken to in the shapes above only. */
export interface Contexts {
  post(message: ContextMessage): void;
  listen(listener: (message: ContextMessage) => void): () => void;
  close(): void;
}

/** Messages of another shape (a page of another version) are left unheard: the journal says everything again. */
export function openContexts(channel: ContextChannel): Contexts {
  return {
    post: (message) => channel.post(message),
    listen: (listener) =>
      channel.listen((message) => {
        const parsed = ContextMessage.safeParse(message);
        if (parsed.success) listener(parsed.data);
      }),
    close: () => channel.close(),
  };
}
