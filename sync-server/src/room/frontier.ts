import * as Y from 'yjs';
import type { ClockRange, UpdateShape } from './gate.ts';

/**
 * What an update would do to a document. `missing`: it leans on edits that are not here. `formatting`: all it does is
 * to remove formatting marks, which Yjs does by itself on any device that receives an edit, a reader's too.
 */
export type Effect = 'none' | 'formatting' | 'edit' | 'missing';

/** Where the document stands once what waits to be committed is: the gate judges against both. */
export class Frontier {
  readonly #doc: Y.Doc;
  readonly #queued = new Map<number, number>();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  effectOf(shape: UpdateShape): Effect {
    if (this.#misses(shape)) return 'missing';
    for (const [client, { to }] of shape.structs) {
      if (to > this.#reach(client)) return 'edit';
    }
    return this.#effectOfDeletes(shape);
  }

  /** Client ids of which an update brings structs that are not there yet. */
  newIn(shape: UpdateShape): number[] {
    return [...shape.structs].filter(([client, { to }]) => to > this.#reach(client)).map(([client]) => client);
  }

  /** Counts an update as there: it waits to be committed. */
  queue(shape: UpdateShape): void {
    for (const [client, { to }] of shape.structs) {
      if (to > this.#reach(client)) this.#queued.set(client, to);
    }
  }

  /** Nothing waits any more: it was applied, or dropped. */
  clearQueued(): void {
    this.#queued.clear();
  }

  #reach(client: number): number {
    return Math.max(this.#queued.get(client) ?? 0, Y.getState(this.#doc.store, client));
  }

  #misses(shape: UpdateShape): boolean {
    const reachWith = (client: number) => Math.max(this.#reach(client), shape.structs.get(client)?.to ?? 0);
    for (const [client, { from, to }] of shape.structs) {
      if (from < to && from > this.#reach(client)) return true;
    }
    for (const { client, to } of shape.gaps) {
      if (to > this.#reach(client)) return true;
    }
    for (const [client, below] of shape.needs) {
      if (below > reachWith(client)) return true;
    }
    for (const [client, ranges] of shape.deletes) {
      const end = ranges.at(-1)?.to ?? 0;
      if (end > reachWith(client)) return true;
    }
    return false;
  }

  #effectOfDeletes(shape: UpdateShape): Effect {
    let effect: Effect = 'none';
    for (const [client, ranges] of shape.deletes) {
      const structs = this.#doc.store.clients.get(client) ?? [];
      const committed = Y.getState(this.#doc.store, client);
      for (const range of ranges) {
        // What waits to be committed is not there to look at: deleting from it counts as an edit.
        if (range.to > committed) return 'edit';
        for (const struct of structsWithin(structs, range)) {
          if (struct.deleted) continue;
          if (!(struct instanceof Y.Item && struct.content instanceof Y.ContentFormat)) return 'edit';
          effect = 'formatting';
        }
      }
    }
    return effect;
  }
}

function* structsWithin(structs: readonly (Y.Item | Y.GC)[], { from, to }: ClockRange): Generator<Y.Item | Y.GC> {
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((structs[middle]?.id.clock ?? 0) <= from) low = middle;
    else high = middle - 1;
  }
  for (let i = low; i < structs.length; i += 1) {
    const struct = structs[i];
    if (!struct || struct.id.clock >= to) return;
    yield struct;
  }
}
