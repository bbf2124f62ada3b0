import { useEffect, useRef } from 'react';
import { Button, Skeleton, useOpenDoc, useStrings } from '../../kit/index.ts';
import { LINK_ATTRIBUTE, SNAPSHOT_SANDBOX } from './inertHtml.ts';
import css from './snapshot.module.css';
import { snapshotStrings } from './snapshot.strings.ts';
import { useLoadedSnapshot } from './useLoadedSnapshot.ts';

interface SnapshotFrameProps {
  /** The snapshot, as it was stored. */
  readonly html: string;
  /** Its name for those who cannot see it. */
  readonly title: string;
  /** A link of the page was followed: an address to open elsewhere. */
  readonly onLink: (address: string) => void;
}

/**
 * The only place where a page's HTML is shown, with its resources from the document's blobs. `allow-same-origin` lets the app measure, print and listen to it; without
 * `allow-scripts` nothing in it ever runs (docs: capture.md).
 */
export function SnapshotFrame({ html, title, onLink }: SnapshotFrameProps) {
  const t = useStrings(snapshotStrings);
  const { room } = useOpenDoc();
  const shown = useLoadedSnapshot(room, html);
  const frame = useRef<HTMLIFrameElement>(null);
  const follow = useRef(onLink);
  follow.current = onLink;

  useEffect(() => {
    const print = new AbortController();
    const { signal } = print;
    window.addEventListener('beforeprint', () => showWhole(frame.current), { signal });
    window.addEventListener('afterprint', () => showWindow(frame.current), { signal });
    return () => print.abort();
  }, []);

  if (shown.kind === 'loading') {
    return (
      <div className={css.loading}>
        <Skeleton height={480} />
        {shown.of > 0 && <p role="status">{t('loadingParts', { done: shown.done, of: shown.of })}</p>}
      </div>
    );
  }
  return (
    <>
      {shown.away > 0 && (
        <div className={css.away} role="status">
          <p>{t('partsAway', { count: shown.away })}</p>
          <Button onPress={shown.retry}>{t('tryAgain')}</Button>
        </div>
      )}
      <iframe
        key={shown.address}
        ref={frame}
        className={css.frame}
        title={title}
        sandbox={SNAPSHOT_SANDBOX}
        referrerPolicy="no-referrer"
        src={shown.address}
        onLoad={() => {
          // Nobody can open it again, in a tab without the frame's walls.
          URL.revokeObjectURL(shown.address);
          listen(frame.current?.contentDocument ?? null, (address) => follow.current(address));
        }}
      />
    </>
  );
}

/** Links are opened by the app, and lead nowhere by themselves; those inside the page scroll. */
function listen(page: Document | null, onLink: (address: string) => void): void {
  if (page === null) return;
  announceLinks(page);
  const act = (event: Event) => {
    const link = event.composedPath().find(isElement)?.closest(`[${LINK_ATTRIBUTE}]`);
    if (link == null) return;
    event.preventDefault();
    const address = link.getAttribute(LINK_ATTRIBUTE) ?? '';
    if (address.startsWith('#')) inPage(page, address.slice(1))?.scrollIntoView();
    else onLink(address);
  };
  page.addEventListener('click', act);
  page.addEventListener('auxclick', act);
  page.addEventListener('keydown', (event) => event.key === 'Enter' && act(event));
  page.addEventListener('submit', (event) => event.preventDefault());
  // Framed documents have come by now: they hold the page's own arrival back.
  for (const inner of page.querySelectorAll('iframe')) listen(inner.contentDocument, onLink);
}

/** Without href an anchor is neither focused nor announced as a link. */
function announceLinks(root: Document | ShadowRoot): void {
  for (const link of root.querySelectorAll(`[${LINK_ATTRIBUTE}]`)) {
    if (!link.hasAttribute('tabindex')) link.setAttribute('tabindex', '0');
    if (!link.hasAttribute('role')) link.setAttribute('role', 'link');
  }
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) announceLinks(element.shadowRoot);
}

function inPage(page: Document, fragment: string): Element | null {
  const named = (name: string): Element | null =>
    page.getElementById(name) ?? page.querySelector(`a[data-liasse-name="${CSS.escape(name)}"]`);
  const found = named(fragment);
  if (found !== null) return found;
  try {
    return named(decodeURIComponent(fragment));
  } catch {
    // Not an encoded name after all.
    return null;
  }
}

/** Of the frame's realm, hence no `instanceof`. */
const isElement = (target: EventTarget): target is Element => 'closest' in target;

/** On paper a frame cannot scroll: it takes the height of its page for the time of printing. */
function showWhole(frame: HTMLIFrameElement | null): void {
  const height = frame?.contentDocument?.documentElement.scrollHeight;
  if (frame && height !== undefined) frame.style.blockSize = `${height}px`;
}

function showWindow(frame: HTMLIFrameElement | null): void {
  if (frame) frame.style.removeProperty('block-size');
}
