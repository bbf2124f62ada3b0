import fc from 'fast-check';
import * as Y from 'yjs';
import { AccountId, type Author, newId, type Randomness, Refusal } from '../kernel/index.ts';

export { testBlob, testDraft } from './draft.ts';
export { testField, testStep } from './form.ts';
export { amendLawText, below, makeLawText, sentence } from './lawText.ts';

/** Deterministic randomness by seed (mulberry32): not for secrets. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { bytes: (length) => Uint8Array.from({ length }, () => next() & 255) };
}

/** An id that a test can write down: the same for the same number. */
export function testId<Id extends string>(n: number): Id {
  return newId<Id>(seededRandomness(n + 1));
}

/** One device in memory: a document, its author, and what reached it late. */
export interface TestReplica {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly author: Author;
  readonly random: Randomness;
  /** Updates of the others that have not been delivered yet. */
  readonly inbox: Uint8Array[];
}

/** Replicas whose updates wait in each other's inboxes until `deliver` or `settle`. */
export function makeReplicas(count: number): TestReplica[] {
  const replicas = Array.from({ length: count }, (_, index): TestReplica => {
    const doc = new Y.Doc();
    doc.clientID = index + 1;
    return {
      name: `replica ${index}`,
      doc,
      author: { by: AccountId.parse(`account-${index}`), at: 1_700_000_000_000 + index },
      random: seededRandomness(1000 + index),
      inbox: [],
    };
  });
  for (const replica of replicas) {
    replica.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'delivery') return;
      for (const other of replicas) if (other !== replica) other.inbox.push(update);
    });
  }
  return replicas;
}

/** Delivers what waits for one replica, in an order that `shuffle` decides; twice over when asked. */
export function deliver(replica: TestReplica, options: { shuffle?: number; twice?: boolean } = {}): void {
  const updates = replica.inbox.splice(0);
  const random = seededRandomness(options.shuffle ?? 0);
  if (options.shuffle !== undefined) {
    for (let i = updates.length - 1; i > 0; i--) {
      const j = (random.bytes(1)[0] as number) % (i + 1);
      [updates[i], updates[j]] = [updates[j] as Uint8Array, updates[i] as Uint8Array];
    }
  }
  for (const update of options.twice ? [...updates, ...updates] : updates)
    Y.applyUpdate(replica.doc, update, 'delivery');
}

/** Delivers everything everywhere, until nothing waits. */
export function settle(replicas: readonly TestReplica[]): void {
  for (const replica of replicas) deliver(replica, { shuffle: replica.doc.clientID, twice: true });
  for (const replica of replicas) if (replica.doc.store.pendingStructs !== null) exchange(replica, replicas);
}

/**
 * What a provider does when it connects. Yjs can keep updates that came in disorder waiting for one another although
 * everything they need is there (13.6.33: five updates of two clients are enough); the next exchange frees them.
 */
function exchange(replica: TestReplica, replicas: readonly TestReplica[]): void {
  for (const { doc } of replicas)
    Y.applyUpdate(replica.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(replica.doc)), 'delivery');
}

/** Runs a step; a refusal is a valid answer, anything else is a failure. */
export function tolerateRefusal(step: () => void): Refusal | null {
  try {
    step();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A step of a random history: one replica acts, or receives what waits for it. */
export type Step<Action> =
  | { readonly kind: 'act'; readonly replica: number; readonly action: Action }
  | { readonly kind: 'deliver'; readonly replica: number; readonly shuffle: number };

/** Random histories over `replicas` devices, from an arbitrary of the slice's own actions. */
export function histories<Action>(
  action: fc.Arbitrary<Action>,
  options: { replicas: number; maxLength?: number },
): fc.Arbitrary<Step<Action>[]> {
  const replica = fc.nat({ max: options.replicas - 1 });
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), replica, action }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('deliver' as const), replica, shuffle: fc.nat(1000) }) },
    ),
    // Without a size fast-check stops at some ten steps, too few for anything to go wrong.
    { maxLength: options.maxLength ?? 60, size: 'max' },
  );
}

/** Plays a history; `act` runs one action on one replica, and only its refusals are tolerated. */
export function play<Action>(
  replicas: readonly TestReplica[],
  history: readonly Step<Action>[],
  act: (replica: TestReplica, action: Action) => void,
): void {
  for (const step of history) {
    const replica = replicas[step.replica] as TestReplica;
    if (step.kind === 'deliver') deliver(replica, { shuffle: step.shuffle });
    else tolerateRefusal(() => act(replica, step.action));
  }
}
