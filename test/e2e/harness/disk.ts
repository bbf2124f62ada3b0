import type { CDPSession, Page } from '@playwright/test';

const QUOTA_BYTES = 16 * 1024 * 1024;
const LARGEST_PIECE_BYTES = 1024 * 1024;
const SMALLEST_PIECE_BYTES = 32;

/** The room that a browser gives to one web origin, which a test can use up. The extension has none of these limits. */
export class Disk {
  readonly #page: Page;
  readonly #session: CDPSession;
  readonly #origin: string;

  private constructor(page: Page, session: CDPSession, origin: string) {
    this.#page = page;
    this.#session = session;
    this.#origin = origin;
  }

  /** Before the origin's first visit: Chromium goes on for 30 s with the room that it last found. */
  static async of(page: Page, origin: string): Promise<Disk> {
    const disk = new Disk(page, await page.context().newCDPSession(page), origin);
    await disk.#limit(QUOTA_BYTES);
    return disk;
  }

  /** Fills what is left with a database of its own, to the last bytes, and leaves none. */
  async fill(): Promise<void> {
    await this.#page.evaluate(
      async ([largest, smallest]) => {
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open('filler');
          request.onupgradeneeded = () => request.result.createObjectStore('pieces', { autoIncrement: true });
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const fits = (bytes: number) =>
          new Promise<boolean>((resolve) => {
            const transaction = db.transaction(['pieces'], 'readwrite');
            transaction.objectStore('pieces').add(new Uint8Array(bytes));
            transaction.oncomplete = () => resolve(true);
            transaction.onabort = () => resolve(false);
          });
        // Up again as well as down: the database may tidy itself meanwhile, and what that gives back would take thousands
        // of the smallest pieces.
        for (let bytes = largest; bytes >= smallest; )
          bytes = (await fits(bytes)) ? Math.min(largest, bytes * 2) : bytes / 2;
        db.close();
      },
      [LARGEST_PIECE_BYTES, SMALLEST_PIECE_BYTES] as const,
    );
    // What the database gives back when it tidies itself is nobody's.
    await this.#limit(1);
  }

  /** As if the person had made room. */
  async free(): Promise<void> {
    await this.#limit(QUOTA_BYTES * 4);
  }

  async #limit(quotaSize: number): Promise<void> {
    await this.#session.send('Storage.overrideQuotaForOrigin', { origin: this.#origin, quotaSize });
  }
}
