import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A bug as a change of the source, made as the module is loaded: the product has no switch for it. */
export interface PlantedBug {
  readonly name: string;
  /** From the repository's root. */
  readonly file: string;
  /** Stands there once. */
  readonly find: string;
  readonly replace: string;
  /** A seed that finds it: the first to be tried. */
  readonly seed: number;
}

const REPLICA = 'packages/core/src/replica';
const ROOM = 'sync-server/src/room';

export const BUGS: readonly PlantedBug[] = [
  {
    name: 'the server passes edits on before they are committed',
    file: `${ROOM}/room.ts`,
    find: 'const lastSeq = await this.#ports.commit(this.name, entries);',
    replace: `for (const { update, from } of batch)
          for (const peer of this.peers) if (peer !== from) peer.deliver(encodeSyncUpdate(update));
        const lastSeq = await this.#ports.commit(this.name, entries);`,
    seed: 1,
  },
  {
    name: 'the server says “recorded” without waiting for the disk',
    file: `${ROOM}/room.ts`,
    find: 'if (!this.busy) return Promise.resolve(this.#seq);',
    replace: 'if (this) return Promise.resolve(this.#seq);',
    seed: 1,
  },
  {
    name: 'what a failed commit dropped still counts as there',
    file: `${ROOM}/room.ts`,
    find: `    this.#accepted = this.#committed;
    this.#frontier.clearQueued();`,
    replace: '    this.#accepted = this.#committed;',
    seed: 12,
  },
  {
    name: 'a room that could not write is never written again',
    file: `${ROOM}/room.ts`,
    find: '      this.#unwritable = false;',
    replace: '',
    seed: 1,
  },
  {
    name: 'the server says “recorded” while something it received leans on what is missing',
    file: `${ROOM}/connection.ts`,
    find: '    if (this.#unresolved) {\n      this.#heldMarks',
    replace: '    if (this.#unresolved && !this) {\n      this.#heldMarks',
    seed: 14,
  },
  {
    name: 'the server stores what leans on missing edits',
    file: `${ROOM}/room.ts`,
    find: "    if (effect === 'missing') return 'missing';",
    replace: '',
    seed: 14,
  },
  {
    name: 'sockets stay open when a right is taken away',
    file: `${ROOM}/rooms.ts`,
    find: 'for (const connection of this.#connections) if (concerned(connection)) connection.close(code);',
    replace:
      'for (const connection of this.#connections) if (code !== CloseCode.forbidden && concerned(connection)) connection.close(code);',
    seed: 3,
  },
  {
    name: 'readers may write',
    file: `${ROOM}/connection.ts`,
    find: "mayWrite: role !== 'reader'",
    replace: 'mayWrite: true',
    seed: 8,
  },
  {
    name: 'an edit counts as saved before it is durable',
    file: `${REPLICA}/journalWriter.ts`,
    find: 'await this.#store.appendRows(batches.map(({ row }) => row));',
    replace: 'void this.#store.appendRows(batches.map(({ row }) => row)).catch(() => {});',
    seed: 1,
  },
  {
    name: 'what a full disk refused is forgotten',
    file: `${REPLICA}/journalWriter.ts`,
    find: '      for (const { pending } of batches) pending.failing = true;',
    replace: `      for (const { pending, edits } of batches) {
        pending.edits = pending.edits.slice(edits.length);
        pending.done += edits.length;
      }`,
    seed: 10,
  },
  {
    name: 'local edits stand in the cache before they are durable',
    file: `${REPLICA}/session.ts`,
    find: '      this.#host.writer.add(this.room, update, this.#connection?.liveId ?? null);',
    replace: `      this.#cache?.write(update);
      this.#host.writer.add(this.room, update, this.#connection?.liveId ?? null);`,
    seed: 1,
  },
  {
    name: 'what comes from the server is cached as Yjs tells it, with what an unsaved edit deletes',
    file: `${REPLICA}/session.ts`,
    find: 'this.#cache?.write(this.#incoming ?? update);',
    replace: 'this.#cache?.write(update);',
    seed: 42,
  },
  {
    name: 'an edit made without a socket counts as sent',
    file: `${REPLICA}/connection.ts`,
    find: '{ wentOut: wentOut && this.#delivery !== null }',
    replace: '{ wentOut: this.#delivery !== null }',
    seed: 1,
  },
  {
    name: 'an answer to one mark counts for the later ones',
    file: `${REPLICA}/delivery.ts`,
    find: 'filter(([mark]) => mark <= n)',
    replace: 'filter(([mark]) => mark > 0)',
    seed: 1,
  },
  {
    name: 'rows leave the journal that the cache does not hold',
    file: `${REPLICA}/sweep.ts`,
    find: 'if (!changed && fresh.store.pendingStructs === null && fresh.store.pendingDs === null) held.push(row.rowId);',
    replace: 'if (fresh) held.push(row.rowId);',
    seed: 1,
  },
  {
    name: 'rows leave the journal that the server has not recorded',
    file: `${REPLICA}/sweep.ts`,
    find: 'const recorded = (await store.rowsOf(room)).filter((row) => row.recordedSeq !== null);',
    replace: 'const recorded = await store.rowsOf(room);',
    seed: 1,
  },
  {
    name: 'a document opens without its journal',
    file: `${REPLICA}/session.ts`,
    find: '      for (const row of rows) this.#apply(row, FROM_JOURNAL);\n      if (server',
    replace: '      if (server',
    seed: 3,
  },
  {
    name: 'a page sends the rows of a dead one and does not show them',
    file: `${REPLICA}/session.ts`,
    find: '          for (const row of rows) this.#apply(row, FROM_JOURNAL);\n          return rows;',
    replace: '          return rows;',
    seed: 76,
  },
  {
    name: 'a page sends nothing of what the other page of its profile writes',
    file: `${REPLICA}/session.ts`,
    find: '      else this.#connection.forwardNothing(apply);\n      this.#connection?.take(row, [null]);',
    replace: '      else this.#connection.forwardNothing(apply);',
    seed: 4,
  },
  {
    name: 'a page sends a row that a dead page left, and does not show it',
    file: `${REPLICA}/session.ts`,
    find: '          this.hearRows([row]);',
    replace: '          this.#connection?.take(row, [null]);',
    seed: 1,
  },
  {
    name: 'a page with an expired ticket gives up',
    file: `${REPLICA}/connection.ts`,
    find: 'if (code === CloseCode.ticket || code === CloseCode.tooFast) return true;',
    replace: 'if (code === CloseCode.tooFast) return true;',
    seed: 5,
  },
  {
    name: 'a batch is answered before what it pushed is on the disk',
    file: `${ROOM}/batch.ts`,
    find: '    await room.settled();\n',
    replace: '',
    seed: 6,
  },
  {
    name: 'a batch lets readers write',
    file: `${ROOM}/batch.ts`,
    find: "mayWrite: right !== 'reader'",
    replace: 'mayWrite: true',
    seed: 16,
  },
  {
    name: 'a batch gives nothing of what came since the cursor',
    file: `${ROOM}/batch.ts`,
    find: '    updates.push(row.update);',
    replace: '',
    seed: 7,
  },
  {
    name: 'a batch notes what it did not keep',
    file: `${REPLICA}/batchSync.ts`,
    find: '    await store.writeCache(room, news);\n',
    replace: '',
    seed: 1,
  },
  {
    name: 'a cursor is believed whatever became of the cache',
    file: `${REPLICA}/batchSync.ts`,
    find: ' && cursor.digest === digestOf(doc)',
    replace: '',
    seed: 4,
  },
  {
    name: 'a page of the feed is noted without the rooms that it tells of',
    file: `${REPLICA}/follower.ts`,
    find: 'behind: [...behind.values()],',
    replace: 'behind: [],',
    seed: 28,
  },
  {
    name: 'edits in closed documents wait until someone opens them',
    file: `${REPLICA}/stragglers.ts`,
    find: '    this.#busy = true;\n    void this.#drain();',
    replace: '',
    seed: 157,
  },
  {
    name: 'a document that was just opened resumes whatever its cache gave',
    file: `${REPLICA}/roomCursor.ts`,
    find: 'kept === null || kept.digest !== digestOf(doc)',
    replace: 'kept === null',
    seed: 1,
  },
  {
    name: 'the server resumes without the rows that were missed',
    file: `${ROOM}/connection.ts`,
    find: 'for (const update of updates) this.outbox.send(encodeSyncUpdate(update));',
    replace: '',
    seed: 1,
  },
  {
    name: 'what is written while a draft is made is in no draft',
    file: `${REPLICA}/memoryStore.ts`,
    find: 'draft: withLateRows(draft, left, holds), generation',
    replace: 'draft, generation',
    seed: 161,
  },
  {
    name: 'a page goes on with what was put aside',
    file: `${REPLICA}/replica.ts`,
    find: '    this.#sessions.renew(room);\n',
    replace: '',
    seed: 11,
  },
];

const ROOT = new URL('../../', import.meta.url);

/** Plants a bug in the modules that this thread loads from here on. */
export function plant({ file, find, replace, name }: PlantedBug): void {
  const url = new URL(file, ROOT).href;
  const source = readFileSync(fileURLToPath(url), 'utf8');
  if (source.split(find).length !== 2) throw new Error(`the bug “${name}” has no one place in ${file} any more`);
  registerHooks({
    load: (asked, context, next) => {
      const loaded = next(asked, context);
      if (asked !== url) return loaded;
      return { ...loaded, source: source.replace(find, () => replace) };
    },
  });
}
