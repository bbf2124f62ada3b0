import type { AccountId } from '@liasse/core';
import { encodeSyncUpdate, type RoomName, SUBPROTOCOL } from '@liasse/core/protocol';
import * as Y from 'yjs';
import type { Client, Network } from './network.ts';
import type { SimProfile } from './profile.ts';
import type { Machine } from './scheduler.ts';

/** A program that keeps to no rule of ours: with whatever ticket it gets, it writes, now or when it may no longer. */
export class Intruder implements Client {
  readonly machine: Machine;
  readonly profile: SimProfile;
  readonly account: AccountId;
  readonly version = 1;
  readonly #network: Network;

  constructor(options: { machine: Machine; profile: SimProfile; account: AccountId; network: Network }) {
    this.machine = options.machine;
    this.profile = options.profile;
    this.account = options.account;
    this.#network = options.network;
  }

  /** Runs on its machine. */
  async write(room: RoomName): Promise<void> {
    const answer = await this.#network.ask(this, room);
    if (typeof answer !== 'object') return;
    await new Promise<void>((resolve) => setTimeout(resolve, this.machine.chance.between(0, 5_000)));
    const socket = this.#network.dial(this, `ws://sim/sync/${room}`, [SUBPROTOCOL, answer.ticket]);
    socket.onopen = () => {
      for (let n = 0; n < 20; n += 1) setTimeout(() => socket.send(this.#update(n)), n * 200);
      setTimeout(() => socket.close(), 20_000);
    };
  }

  closedWith(): void {}

  #update(n: number): Uint8Array<ArrayBuffer> {
    const doc = new Y.Doc();
    doc.getMap('contested').set('key-0', `intruder ${n}`);
    return encodeSyncUpdate(Y.encodeStateAsUpdate(doc)) as Uint8Array<ArrayBuffer>;
  }
}
