import { type AccountId, InfraError, type TeamId } from '@liasse/core';
import type { Team } from '@liasse/core/protocol';
import type { Kept } from './keyStore.ts';
import type { Outcome } from './platform.ts';
import type { Replicas } from './replicas.ts';
import {
  isPublisher,
  published,
  publishedScope,
  publishingBegun,
  publishingMoved,
  type StoredSession,
  serverScope,
} from './session.ts';

/** Between two looks at whether the server has all of it. */
const RETRY_MS = 5_000;

interface PublishingPorts {
  readonly stored: Kept<StoredSession>;
  readonly replicas: Replicas;
  createTeam(team: {
    readonly id: TeamId;
    readonly name: string;
    readonly formerly: AccountId;
  }): Promise<Outcome<Team>>;
  /** A fresh local team, for after. */
  nextLocal(): StoredSession['local'];
  /** Erases what the session says is to be erased. */
  eraseLeft(): Promise<unknown>;
  onWake(listener: () => void): () => void;
}

/**
 * Takes the local team to the server signed in to, in steps that can each be done again: the server makes the team under the same id;
 * everything is copied into the journal of the server's scope; the team is shown there; what was written meanwhile follows; and once
 * the server has recorded all of it, the local copy is erased.
 *
 * @see SPEC.md P28, P29
 */
export function openPublishing(ports: PublishingPorts): { publish(name: string): Promise<Outcome<TeamId>> } {
  const { stored, replicas } = ports;
  let running: Promise<boolean> | null = null;
  let isPlanned = false;

  const goOn = (): Promise<boolean> => {
    running ??= step().finally(() => {
      running = null;
    });
    return running;
  };

  /** Whether there is nothing left to do here. */
  async function step(): Promise<boolean> {
    const now = stored.getSnapshot();
    const { publishing, server } = now;
    if (publishing === null || server === null || !isPublisher(now)) return true;
    const team = publishing.team.id;
    try {
      const [from, to] = [replicas.of(publishedScope(publishing)), replicas.of(serverScope(server))];
      const given = await from.giveTeam(team, to);
      if (!publishing.moved) {
        stored.update((before) => publishingMoved(before, ports.nextLocal()));
        return false;
      }
      await to.drain();
      if (given > 0 || (await to.waitingOf(team)) > 0) return false;
    } catch (error) {
      // This device cannot store it now, or the session changed in the middle: nothing was said that is not so.
      if (!(error instanceof InfraError)) throw error;
      return false;
    }
    stored.update(published);
    await ports.eraseLeft();
    return true;
  }

  async function toTheEnd(): Promise<void> {
    if (isPlanned) return;
    isPlanned = true;
    for (;;) {
      if (await goOn()) break;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    isPlanned = false;
  }

  ports.onWake(() => void toTheEnd());
  void toTheEnd();

  return {
    publish: async (name) => {
      const { local, publishing } = stored.getSnapshot();
      if (publishing === null) {
        const outcome = await ports.createTeam({ id: local.team.id, name, formerly: local.account });
        if (!outcome.ok) return outcome;
        stored.update((before) => publishingBegun(before, outcome.value.name));
      }
      await goOn();
      void toTheEnd();
      return { ok: true, value: local.team.id };
    },
  };
}
