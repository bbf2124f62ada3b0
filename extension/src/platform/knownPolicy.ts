import type { KeyStore } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { POLICY_KEY, type Policy, parsePolicy, rememberedPolicy } from './policy.ts';

/** The administration’s own storage. Where nothing is managed Firefox refuses, and Chromium answers with an empty object. */
export interface ManagedArea {
  get(keys: null): Promise<unknown>;
}

/**
 * The policy that this device read last. Nobody waits for it: a browser that has just started says what is managed after seconds
 * (Chromium 156: 3.0 s).
 *
 * @see SPEC.md J13
 */
export class KnownPolicy {
  readonly #store: KeyStore;
  readonly #managed: ManagedArea | undefined;
  #asked: Promise<Policy> | null = null;

  constructor(store: KeyStore, managed: ManagedArea | undefined = browser.storage.managed) {
    this.#store = store;
    this.#managed = managed;
  }

  /** The one read last; null on a device that never read any. */
  get remembered(): Policy | null {
    return rememberedPolicy(this.#store.read(POLICY_KEY));
  }

  /** What is allowed: by the policy read last, or by the first one, once the browser has answered. */
  standing(): Promise<Policy> {
    const { remembered } = this;
    if (remembered !== null) return Promise.resolve(remembered);
    this.#asked ??= this.refresh();
    return this.#asked;
  }

  /** Asks the browser, and remembers what it answers. */
  async refresh(): Promise<Policy> {
    const answer = (await this.#managed?.get(null).catch(() => ({}))) ?? {};
    this.#store.write(POLICY_KEY, JSON.stringify(answer));
    return parsePolicy(answer);
  }

  /** Calls `listener` when another context of this profile has read another policy; returns its unsubscribe. */
  readonly onElsewhere = (listener: () => void): (() => void) =>
    this.#store.onElsewhere((key) => {
      if (key === POLICY_KEY) listener();
    });
}
