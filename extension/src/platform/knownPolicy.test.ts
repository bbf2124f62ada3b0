// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { KnownPolicy, type ManagedArea } from './knownPolicy.ts';
import { NO_POLICY, POLICY_KEY, rememberedPolicy } from './policy.ts';

/** What a browser keeps, and a managed area that answers when it is told to. */
function device(kept: Record<string, string> = {}) {
  const texts = new Map(Object.entries(kept));
  const store = {
    read: (key: string) => texts.get(key) ?? null,
    write: (key: string, text: string | null) => void (text === null ? texts.delete(key) : texts.set(key, text)),
    onElsewhere: () => () => {},
  };
  let answer: (values: unknown) => void = () => {};
  let refuse: (error: Error) => void = () => {};
  const managed: ManagedArea = {
    get: () =>
      new Promise((resolve, reject) => {
        answer = resolve;
        refuse = reject;
      }),
  };
  return {
    texts,
    policy: new KnownPolicy(store, managed),
    answer: (values: unknown) => answer(values),
    refuse: () => refuse(new Error('no managed storage')),
  };
}

const GOUV = { allowedSites: ['gouv.fr'] };

describe('[J13] the policy that a device read last', () => {
  test('stands without a wait, while the browser has not answered', async () => {
    const { policy } = device({ [POLICY_KEY]: JSON.stringify(GOUV) });
    expect(policy.remembered?.allowedSites).toEqual(['gouv.fr']);
    expect((await policy.standing()).allowedSites).toEqual(['gouv.fr']);
  });

  test('a device that never read one waits before anything is allowed', async () => {
    const { policy, answer } = device();
    expect(policy.remembered).toBeNull();
    let allowed: unknown = 'nothing yet';
    const standing = policy.standing().then((found) => (allowed = found.allowedSites));
    await new Promise((resolve) => setTimeout(resolve));
    expect(allowed).toBe('nothing yet');
    answer(GOUV);
    await standing;
    expect(allowed).toEqual(['gouv.fr']);
    expect(policy.remembered?.allowedSites).toEqual(['gouv.fr']);
  });

  test('another answer takes its place, and an emptied policy is one', async () => {
    const { policy, answer } = device({ [POLICY_KEY]: JSON.stringify(GOUV) });
    const read = policy.refresh();
    answer({});
    await read;
    expect(policy.remembered).toEqual(NO_POLICY);
  });

  test('where nothing is managed there is none', async () => {
    const { policy, refuse } = device();
    const standing = policy.standing();
    refuse();
    expect(await standing).toEqual(NO_POLICY);
  });

  test('what is no policy any more is none that was ever read', () => {
    for (const text of [null, undefined, '', '{', 7]) expect(rememberedPolicy(text)).toBeNull();
  });
});
