import { CaptureLimits } from '../limits.ts';
import type { MissingCount } from '../missing.ts';
import { originOf } from '../missing.ts';
import { dataAddress, fontType, imageType } from './blobTypes.ts';
import { inertSvgFile } from './inertSvg.ts';
import type { SnapshotOptions, SnapshotResource, UnreachedResource } from './types.ts';

/** An image or a font of the page, on its way. */
export interface Resource {
  readonly token: string;
  readonly kind: 'image' | 'font' | 'canvas';
  /** Null for what has no address: a canvas. */
  readonly address: string | null;
  /** How often the page shows it. */
  uses: number;
  state: 'reading' | 'kept' | 'unread' | 'dropped';
  blob: Blob | null;
  type: string;
  /** Its content as an address, where that is shorter than a blob is worth. */
  inline: string | null;
}

/** What stands in the snapshot for a resource: its content where it is small, else its token, whether it was kept or not. */
export const writtenAs = (resource: Resource): string => resource.inline ?? resource.token;

/** Resolves with nothing when there is no more time. */
const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });

interface ShelfOptions extends Pick<SnapshotOptions, 'read' | 'signal' | 'report'> {
  readonly nextToken: () => string;
}

/** The images and fonts of one snapshot: each address is read once, a dozen at a time, from the moment it is asked for. */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #resources: Resource[] = [];
  readonly #byAddress = new Map<string, Resource>();
  readonly #waiting: Resource[] = [];
  readonly #running = new Set<Promise<void>>();
  #done = 0;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Asks for what is behind an address; null when nothing of the kind could be. */
  want(kind: 'image' | 'font', address: string | null): Resource | null {
    if (address === null || !/^(?:https?|data|blob):/.test(address)) return null;
    const key = `${kind} ${address}`;
    const known = this.#byAddress.get(key);
    if (known !== undefined) {
      known.uses += 1;
      return known;
    }
    const resource = this.#add(kind, address);
    this.#byAddress.set(key, resource);
    // What a page carries in itself and is short stays as it is: the same bytes as in the page.
    if (address.length < CaptureLimits.inlineBytes && isPlainImage(address)) {
      resource.state = 'kept';
      resource.inline = address;
      return resource;
    }
    this.#waiting.push(resource);
    this.#start();
    return resource;
  }

  /** Keeps what the page drew. */
  draw(bytes: Promise<Blob | null>): Resource {
    const resource = this.#add('canvas', null);
    // An encoder that never answers costs the drawing, not the capture.
    const drawn = Promise.race([bytes, aborted(this.#options.signal)]);
    this.#run(drawn.then((blob) => this.#keep(resource, blob, blob?.type ?? '')));
    return resource;
  }

  /** Resolves when everything that was asked for is here, or will not be. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  /** Within the soft limit: fonts go first, then the largest images [C16]. */
  fit(bytesAtMost: number): void {
    const kept = this.#resources.filter(({ blob, inline }) => blob !== null && inline === null);
    let bytes = kept.reduce((sum, { blob }) => sum + (blob?.size ?? 0), 0);
    const order = [...kept].sort(
      (a, b) => Number(b.kind === 'font') - Number(a.kind === 'font') || (b.blob?.size ?? 0) - (a.blob?.size ?? 0),
    );
    for (const resource of order) {
      if (bytes <= bytesAtMost) return;
      bytes -= resource.blob?.size ?? 0;
      drop(resource);
    }
  }

  resources(): SnapshotResource[] {
    return this.#resources.flatMap(({ token, type, blob, inline }) =>
      blob === null || inline !== null ? [] : [{ token, type, bytes: blob }],
    );
  }

  unreached(): UnreachedResource[] {
    return this.#resources.flatMap(({ token, kind, address, state, uses }) => {
      const origin = address === null ? null : originOf(address);
      if (state !== 'unread' || address === null || origin === null || kind === 'canvas') return [];
      return address.length <= 8192 && /^https?:/.test(address) ? [{ token, url: address, kind, origin, uses }] : [];
    });
  }

  countMissing(missing: MissingCount): void {
    for (const { state, kind, address, uses } of this.#resources) {
      if (state !== 'kept') missing.add(kind, address, uses);
    }
  }

  #add(kind: Resource['kind'], address: string | null): Resource {
    const resource: Resource = {
      token: this.#options.nextToken(),
      kind,
      address,
      uses: 1,
      state: 'reading',
      blob: null,
      type: '',
      inline: null,
    };
    this.#resources.push(resource);
    return resource;
  }

  #start(): void {
    while (this.#running.size < AT_ONCE) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#run(this.#read(next));
    }
  }

  #run(work: Promise<void>): void {
    const running = work
      .catch(() => {})
      .finally(() => {
        this.#running.delete(running);
        this.#done += 1;
        this.#options.report?.({ done: this.#done, of: this.#done + this.#running.size + this.#waiting.length });
        this.#start();
      });
    this.#running.add(running);
  }

  async #read(resource: Resource): Promise<void> {
    const { read, signal } = this.#options;
    resource.state = 'unread';
    if (signal.aborted || resource.address === null) return;
    const blob = await read(resource.address, signal);
    if (blob === null) return;
    const type = resource.kind === 'font' ? await fontType(blob) : await imageType(blob);
    if (type === null) return;
    const kept = type === SVG_TYPE ? await inertSvgFile(blob) : blob;
    if (kept === null) drop(resource);
    else await this.#keep(resource, kept, type);
  }

  async #keep(resource: Resource, blob: Blob | null, type: string): Promise<void> {
    resource.state = blob === null ? 'unread' : 'kept';
    resource.blob = blob;
    resource.type = type;
    if (blob === null) return;
    if (blob.size > CaptureLimits.resourceBytes) drop(resource);
    else if (blob.size < CaptureLimits.inlineBytes) resource.inline = await dataAddress(blob, type);
    // A response's type may carry parameters; a resource's never does.
    else if (blob.type !== type) resource.blob = blob.slice(0, blob.size, type);
  }
}

function drop(resource: Resource): void {
  resource.state = 'dropped';
  resource.blob = null;
}

const AT_ONCE = 12;
const SVG_TYPE = 'image/svg+xml';

const isPlainImage = (address: string): boolean =>
  /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|svg\+xml)[;,]/i.test(address);
