import type { AccountId } from '@liasse/core';
import { type ReceiptKey, ReceiptKeys } from '@liasse/core/protocol';
import type { AccountPorts } from './accountPorts.ts';
import type { ReceiptsPort } from './platform.ts';

/** @param server - the server signed in to now, if any */
export function makeReceiptsPort(
  ports: Pick<AccountPorts, 'serverAt' | 'store'>,
  server: () => { readonly origin: string; readonly account: AccountId; readonly bearer: string | null } | null,
): ReceiptsPort {
  const clientOf = ({ origin, account, bearer }: NonNullable<ReturnType<typeof server>>) =>
    ports.serverAt(origin, () => bearer, account).receipts;
  return {
    ask: async (room, manifest) => {
      const now = server();
      return now === null ? { ok: false, code: 'signed-out' } : clientOf(now).ask(room, manifest);
    },
    keys: async () => {
      const now = server();
      if (now === null) return [];
      const place = `receipt-keys/${now.origin}`;
      const served = await clientOf(now).keys();
      // What is served replaces what was kept: an operator may have disowned a key.
      if (served.ok) ports.store.write(place, JSON.stringify(served.value));
      return served.ok ? served.value.keys : parseKeys(ports.store.read(place));
    },
  };
}

function parseKeys(text: string | null): readonly ReceiptKey[] {
  try {
    return ReceiptKeys.safeParse(JSON.parse(text ?? 'null')).data?.keys ?? [];
  } catch {
    return [];
  }
}
