import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from './systemCalls.ts';

interface Pending {
  readonly path: string;
  readonly offset: number;
  readonly bytes: Buffer;
  readonly truncates: boolean;
  ended: boolean;
}

/**
 * What a disk holds for sure of some files: what was written before an `fdatasync` that has ended. All else may be there after a
 * loss of power, or not.
 */
export class DiskImage {
  readonly #files = new Map<string, Buffer>();
  #pending: Pending[] = [];
  readonly #writing = new Map<number, Pending>();
  readonly #syncing = new Map<number, Pending[]>();

  /** Takes note of a call on a file. */
  note(call: Call): void {
    const path = call.target;
    if (call.name === 'pwrite64' || call.name === 'ftruncate') {
      if (call.at === 'start') {
        const { offset, bytes } = call;
        const write = { path, offset, bytes, truncates: call.name === 'ftruncate', ended: false };
        this.#writing.set(call.id, write);
        this.#pending.push(write);
      } else {
        const write = this.#writing.get(call.id);
        if (write) write.ended = true;
        this.#writing.delete(call.id);
      }
    } else if (call.at === 'start') {
      this.#syncing.set(
        call.id,
        this.#pending.filter((write) => write.path === path && write.ended),
      );
    } else {
      const safe = new Set(call.ok ? this.#syncing.get(call.id) : []);
      this.#syncing.delete(call.id);
      for (const write of safe) apply(this.#files, write);
      this.#pending = this.#pending.filter((write) => !safe.has(write));
    }
  }

  /** Whether bytes stand in what is safe of a file. */
  holds(path: string, bytes: Buffer): boolean {
    return this.#files.get(path)?.includes(bytes) ?? false;
  }

  /**
   * Writes the files as they may be after a loss of power.
   *
   * @param luck - whether a write that nothing made safe is there all the same
   */
  writeTo(folder: string, luck: () => boolean): void {
    const files = new Map([...this.#files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
    for (const write of this.#pending) if (luck()) apply(files, write);
    for (const [path, bytes] of files) writeFileSync(join(folder, path.split('/').at(-1) ?? ''), bytes);
  }
}

function apply(files: Map<string, Buffer>, { path, offset, bytes, truncates }: Pending): void {
  const file = files.get(path) ?? Buffer.alloc(0);
  if (truncates) {
    files.set(path, Buffer.concat([file, Buffer.alloc(Math.max(0, offset - file.length))]).subarray(0, offset));
    return;
  }
  const end = offset + bytes.length;
  const grown = end > file.length ? Buffer.concat([file, Buffer.alloc(end - file.length)]) : file;
  bytes.copy(grown, offset);
  files.set(path, grown);
}
