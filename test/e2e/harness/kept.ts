import type { Page } from '@playwright/test';

/** As the extension's own pages have it. */
declare const chrome: { readonly storage: { readonly local: { get(keys: null): Promise<object> } } };

/** Everything that the extension keeps, as text: its storage, and its databases with their blobs, also of what is kept deflated. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts: string[] = [JSON.stringify(await chrome.storage.local.get(null))];
    const inflated = async (bytes: BufferSource): Promise<string> => {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return new Response(stream).text().catch(() => '');
    };
    const textOf = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return value.text();
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const bytes = value as BufferSource;
        return `${new TextDecoder().decode(bytes)}\n${await inflated(bytes)}`;
      }
      if (typeof value !== 'object' || value === null) return String(value);
      return (await Promise.all(Object.values(value).map(textOf))).join('\n');
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        for (const row of rows) parts.push(await textOf(row));
      }
      db.close();
    }
    return parts.join('\n');
  });

/** On a piece's page: exports it, and answers with the archive's bytes. Where a browser puts downloads is its own affair. */
export async function exportPiece(app: Page): Promise<Buffer> {
  await app.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (file: Blob) => {
      if (file.type === 'application/zip') Object.assign(globalThis, { exported: file });
      return make(file);
    };
  });
  await app.getByRole('button', { name: /^Actions sur/ }).click();
  await app.getByRole('menuitem', { name: 'Exporter (zip)' }).click();
  await app.waitForFunction(() => 'exported' in globalThis);
  const base64 = await app.evaluate(async () => {
    const bytes = new Uint8Array(await (globalThis as unknown as { exported: Blob }).exported.arrayBuffer());
    let characters = '';
    for (const byte of bytes) characters += String.fromCharCode(byte);
    return btoa(characters);
  });
  return Buffer.from(base64, 'base64');
}
