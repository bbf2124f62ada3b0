import { memoryRoomStore } from '../store/memoryRoomStore.ts';
import { type RoomStore, StoreError } from '../store/roomStore.ts';
import { random } from './testServer.ts';

/** A store in memory whose disk the test moves by hand. */
export interface BrokenStore extends RoomStore {
  /** From now on appends wait. */
  hold(): void;
  /** How many appends wait. */
  readonly held: number;
  /** The waiting appends are done, and the next ones at once. */
  release(): void;
  /** From now on writes fail, and the waiting ones too. */
  fail(): void;
  /** Writes work again. */
  mend(): void;
}

/** @param options.full - it fails as a full disk does, and not as a broken one */
export function brokenStore({ full = true }: { readonly full?: boolean } = {}): BrokenStore {
  const inner = memoryRoomStore(() => Buffer.from(random.bytes(16)).toString('hex'));
  let state: 'works' | 'holds' | 'fails' = 'works';
  let waiting: { go(): void; fail(error: Error): void }[] = [];
  const error = () => new StoreError(full ? 'database or disk is full' : 'disk I/O error', { full });

  function move(to: typeof state): void {
    state = to;
    const moved = waiting;
    waiting = [];
    for (const one of moved) {
      if (to === 'fails') one.fail(error());
      else one.go();
    }
  }

  return {
    ...inner,
    async append(batch) {
      if (state === 'fails') throw error();
      if (state === 'holds') await new Promise<void>((go, fail) => waiting.push({ go, fail }));
      return inner.append(batch);
    },
    async probe() {
      if (state === 'fails') throw error();
    },
    hold: () => {
      state = 'holds';
    },
    get held() {
      return waiting.length;
    },
    release: () => move('works'),
    fail: () => move('fails'),
    mend: () => move('works'),
  };
}
