import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What a test's identity provider remembers, in a map of its own: the library's shares one between providers, and warns of it. */
export function mapAdapter(): AdapterFactory {
  const held = new Map<string, AdapterPayload>();
  return (model): Adapter => {
    const key = (id: string) => `${model}:${id}`;
    const findBy = async (name: 'uid' | 'userCode', value: string) =>
      [...held].find(([at, payload]) => at.startsWith(`${model}:`) && payload[name] === value)?.[1];
    return {
      upsert: async (id, payload) => void held.set(key(id), payload),
      find: async (id) => held.get(key(id)),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('userCode', userCode),
      consume: async (id) => {
        const payload = held.get(key(id));
        if (payload) held.set(key(id), { ...payload, consumed: Math.floor(Date.now() / 1000) });
      },
      destroy: async (id) => void held.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [at, payload] of held) if (payload.grantId === grantId) held.delete(at);
      },
    };
  };
}
