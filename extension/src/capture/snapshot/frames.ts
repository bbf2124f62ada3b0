import { addressOfDocument, attribute, frameDocumentOf, queryAll, readyStateOf } from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import { absoluteAddress } from './markup.ts';
import type { SnapshotOptions } from './types.ts';

/** A frame's document, or why there is none: another site's, or one that has not come. */
export type Framed =
  | { readonly kind: 'here'; readonly document: Document }
  | { readonly kind: 'empty' }
  | { readonly kind: 'away'; readonly address: string | null };

/** What can be read of a frame now. A frame that still loads shows an empty page of our own origin meanwhile. */
export function framed(frame: Element, base: string): Framed {
  const source = attribute(frame, 'srcdoc') === null ? absoluteAddress(attribute(frame, 'src'), base) : null;
  const leadsAway = source !== null && /^(?:https?|file|blob|data):/.test(source);
  const document = documentIn(frame);
  if (document === null) return { kind: 'away', address: source };
  const isBlank = addressOfDocument(document) === 'about:blank';
  if (isBlank && leadsAway) return { kind: 'away', address: source };
  const body = document.body as HTMLElement | null;
  return isBlank && (body === null || body.childNodes.length === 0) ? { kind: 'empty' } : { kind: 'here', document };
}

function documentIn(frame: Element): Document | null {
  try {
    return frameDocumentOf(frame as HTMLIFrameElement);
  } catch {
    // `<frame>`, which has a getter of its own.
    return (frame as HTMLFrameElement).contentDocument ?? null;
  }
}

/** Waits, half a second at most, for the frames that will be readable [C12]. Dead ones cost that much, once. */
export async function waitForFrames(document: Document, { clock, signal }: SnapshotOptions): Promise<void> {
  const end = clock.now() + CaptureLimits.framesMs;
  const origin = originOf(addressOfDocument(document));
  while (!signal.aborted && clock.now() < end && queryAll(document, 'iframe').some((frame) => isComing(frame, origin)))
    await clock.waitMs(20);
}

function isComing(frame: Element, origin: string | null): boolean {
  const document = documentIn(frame);
  if (document === null || attribute(frame, 'loading') === 'lazy') return false;
  if (addressOfDocument(document) !== 'about:blank') return readyStateOf(document) === 'loading';
  if (attribute(frame, 'srcdoc') !== null) return true;
  const source = absoluteAddress(attribute(frame, 'src'), addressOfDocument(frame.ownerDocument));
  return source !== null && originOf(source) === origin && origin !== null;
}

function originOf(address: string): string | null {
  try {
    const { origin } = new URL(address);
    return origin === 'null' ? null : origin;
  } catch {
    return null;
  }
}
