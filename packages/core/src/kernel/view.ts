import type * as Y from 'yjs';

/** A projection of a document as plain immutable data, in the form that `useSyncExternalStore` reads. */
export interface View<T> {
  /** Calls `listener` after each change; returns its unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** The same object until something changed. */
  getSnapshot(): T;
}

/** A view of some document: the same `View` for the same document, made when first asked for. */
export type ViewOf<T> = (doc: Y.Doc) => View<T>;

/** Listeners of one view. A listener that throws does not keep the others from hearing. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  notify(): void {
    let failure: unknown;
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }
}

/** Makes one view per document and keeps it for the document's life: observers cost nothing while nothing changes. */
export function perDoc<T>(make: (doc: Y.Doc) => View<T>): ViewOf<T> {
  const views = new WeakMap<Y.Doc, View<T>>();
  return (doc) => {
    let view = views.get(doc);
    if (!view) {
      view = make(doc);
      views.set(doc, view);
    }
    return view;
  };
}

/**
 * A view that reads everything again after each change: for small things. For records use `defineRecordsView`.
 *
 * @param watch - the types whose changes, at any depth, make the view stale
 * @param read - pure; its result is kept until the next change
 */
export function defineView<T>(definition: {
  watch: (doc: Y.Doc) => readonly Watched[];
  read: (doc: Y.Doc) => T;
}): ViewOf<T> {
  return perDoc((doc) => {
    const listeners = new Listeners();
    let snapshot: { value: T } | undefined;
    for (const type of definition.watch(doc)) {
      type.observeDeep(() => {
        snapshot = undefined;
        listeners.notify();
      });
    }
    return {
      subscribe: listeners.subscribe,
      getSnapshot: () => {
        snapshot ??= { value: definition.read(doc) };
        return snapshot.value;
      },
    };
  });
}

/** What of a shared type a view needs. */
interface Watched {
  observeDeep(listener: () => void): void;
}
