import * as Y from 'yjs';
import type { Contender, Provider } from './contender.ts';

/** The least that can be called a client: what it hears is applied, what its document does is sent. */
export async function applying(contender: Pick<Contender, 'join'>, room: string, doc: Y.Doc): Promise<Provider> {
  const client = await contender.join(room, { onUpdate: (update) => Y.applyUpdate(doc, update, 'heard') });
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'heard') client.update(update);
  });
  return { doc, close: () => void client.close() };
}
