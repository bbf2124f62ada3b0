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

export function brokenStore(): BrokenStore {
  const inner = memoryRoomStore(() => Buffer.from(random.bytes(16)).toString('hex'));
  let state: 'works' | 'holds' | 'fails' = 'works';
  let waiting: { go(): void; fail(error: Error): void }[] = [];
  const full = () => new StoreError('database or disk is full');

  function move(to: typeof state): void {
    state = to;
    const moved = waiting;
    waiting = [];
    for (const one of moved) {
      if (to === 'fails') one.fail(full());
      else one.go();
    }
  }

  return {
    ...inner,
    async append(batch) {
      if (state === 'fails') throw full();
      if (state === 'holds') await new Promise<void>((go, fail) => waiting.push({ go, fail }));
      return inner.append(batch);
    },
    async probe() {
      if (state === 'fails') throw full();
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
