import { boundUses } from './boundUses.ts';
import { frameStandIn, imageStandIn, MISSING_ATTRIBUTE } from './standIns.ts';

/**
 * What the frame may load: nothing but what the snapshot carries in itself. The frame also inherits the page's own policy,
 * so that one must allow as much.
 */
export const SNAPSHOT_POLICY =
  "default-src 'none'; img-src blob: data:; font-src blob: data:; style-src 'unsafe-inline'; form-action 'none'";

/** Where a link of the snapshot leads. The app opens it; the frame never goes there. */
export const LINK_ATTRIBUTE = 'data-href';

/** Frames of a snapshot are as harmless as itself, and measured and printed with it. */
export const SNAPSHOT_SANDBOX = 'allow-same-origin';

/** A link that a component shows: rules of the page about it would win over the component's own, so that ours is the component's too. */
const SLOTTED = 'data-liasse-slotted';

// An anchor without `href` has no link's look of its own. In the first of all layers, so that any rule of the page wins.
const LINK_STYLE =
  `<style>@layer liasse{[${LINK_ATTRIBUTE}]:not([${SLOTTED}]),::slotted([${LINK_ATTRIBUTE}])` +
  '{color:LinkText;text-decoration:underline;cursor:pointer}}</style>';

// In its own pages, frames included, Chromium gives an extension a `body { font-size: 75% }` with a family of its own: as author style,
// outside of every layer, before ours. This takes it back to what the page's layers say, or the browser.
const EXTENSION_STYLE = '<style>body{font-size:revert-layer;font-family:revert-layer}</style>';

// A framed document is a `srcdoc`, which is never in quirks mode: what that mode does to most pages that need it.
const QUIRKS_STYLE =
  '<style>@layer liasse{html,body{min-height:100%}table{font:medium/normal initial;font-family:inherit;white-space:normal;text-align:start}form{margin-block-end:1em}}</style>';

// Whole elements that run, fetch, navigate or frame. `link` is here because no policy stops `dns-prefetch` and `preconnect`.
const REMOVED = new Set(
  'script link base object embed applet portal fencedframe frameset frame meta animate set animatemotion animatetransform discard noscript'.split(
    ' ',
  ),
);

// Attributes that act by themselves, move focus, or take the app's keys. Not `is`: browsers write it again for as long as the element
// lives, so that no round would be the last, and it acts only where a script says what it names.
const REMOVED_ATTRIBUTES = new Set(
  'ping action formaction formtarget target download autofocus accesskey nonce manifest popovertarget command commandfor allow csp'.split(
    ' ',
  ),
);

// Attributes that load: kept only with what the snapshot carries in itself.
const LOADING_ATTRIBUTES = new Set('src srcset imagesrcset poster background data'.split(' '));

/** Elements whose name others are known by inside the page; of any other, `document.<name>` would be that element. */
const NAMED = new Set(['slot', 'map']);

const CARRIED = /^\s*(?:data:(?:image|font|audio|video)\/|blob:|#)/i;
/** One candidate, carried, with its density or width. */
const CARRIED_SET = /^\s*(?:data:image\/[^\s]*[^\s,]|blob:[^\s,]+)(?:\s+[\d.]+[xw])?\s*$/i;
const OPENABLE = /^(?:https?:|mailto:|tel:|#)/i;
/** A resource that is not here: no address of a page reads like this. */
const ABSENT_IN_CSS = /liasse-resource:\d+|sha256:[0-9a-f]{64}/g;

const MOST_ROUNDS = 4;
const MOST_FRAME_DEPTH = 8;
const MOST_FRAMES = 200;

/**
 * Makes the source of the frame from a snapshot's HTML: the policy first, then the page without anything that could act.
 *
 * The capture already leaves nothing of the kind; but a blob may come from any member's device, and a broken or hostile one
 * must not navigate the frame, look up a name, or take the focus. Scripts are stopped three times over: here, by the policy, and
 * by the sandbox. What was written is read and judged again, until nothing is left to take out: markup may read differently the
 * second time.
 */
export const inertHtml = (html: string): string =>
  inert(html, { depth: 0, frames: { left: MOST_FRAMES }, known: new Set() });

/** Where a document stands among the framed ones, and what they share. `known`: sources that were judged inert already. */
interface Framing {
  readonly depth: number;
  readonly frames: { left: number };
  readonly known: Set<string>;
}

function inert(html: string, framing: Framing): string {
  let markup = html;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // An inert document: nothing in it runs or loads.
    const page = new DOMParser().parseFromString(markup, 'text/html');
    if (disarm(page, framing) === 0 && round > 0) return markup;
    markup = written(page, framing);
  }
  return `${policy()}<p></p>`;
}

const policy = (): string =>
  `<meta http-equiv="Content-Security-Policy" content="${SNAPSHOT_POLICY.replaceAll('"', '&quot;')}">`;

/** The page as text, with the policy outside its own markup, so that no element of it can come before. */
function written(page: Document, { depth }: Framing): string {
  const isQuirky = page.doctype === null || page.compatMode === 'BackCompat';
  // Written anew each time: they are not of the page.
  for (const own of page.querySelectorAll('meta, style')) if (isOwn(own)) own.remove();
  const { outerHTML } = page.documentElement;
  const quirks = isQuirky && depth > 0 ? QUIRKS_STYLE : '';
  return `${isQuirky ? '' : doctype(page)}${policy()}${EXTENSION_STYLE}${LINK_STYLE}${quirks}${outerHTML}`;
}

/** The older kind lays images in tables out differently. */
function doctype(page: Document): string {
  const publicId = page.doctype?.publicId ?? '';
  const isOlder = /^-\/\/W3C\/\/DTD (?:XHTML 1\.0|HTML 4\.01) (?:Transitional|Frameset)\/\/EN$/i.test(publicId);
  return isOlder ? `<!DOCTYPE html PUBLIC "${publicId}" "http://www.w3.org/TR/html4/loose.dtd">` : '<!doctype html>';
}

const OWN_STYLES = new Set(
  [EXTENSION_STYLE, LINK_STYLE, QUIRKS_STYLE].map((style) => style.replace(/<\/?style>/g, '')),
);

const isOwn = (element: Element): boolean =>
  element.localName === 'style'
    ? OWN_STYLES.has(element.textContent ?? '')
    : element.getAttribute('content') === SNAPSHOT_POLICY;

/** Takes out everything that could act, templates' contents included. Answers how much there was. */
function disarm(page: Document, framing: Framing): number {
  let changes = 0;
  const roots: (Document | DocumentFragment)[] = [page];
  const hosts = new Map<Node, Element>();
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    let hasLinks = markSlotted(hosts.get(root));
    for (const element of root.querySelectorAll('*')) {
      const name = element.localName.toLowerCase();
      if (REMOVED.has(name) && !(name === 'meta' && isOwn(element))) {
        element.remove();
        changes += 1;
        continue;
      }
      if (name === 'img') changes += standInForImage(element);
      if (name === 'iframe') changes += disarmFrame(element, framing);
      if (name === 'style') changes += disarmStyle(element);
      for (const attribute of [...element.attributes]) changes += disarmAttribute(element, name, attribute);
      hasLinks ||= element.hasAttribute(LINK_ATTRIBUTE);
      if (element instanceof HTMLTemplateElement) {
        roots.push(element.content);
        if (element.hasAttribute('shadowrootmode') && element.parentElement)
          hosts.set(element.content, element.parentElement);
      }
    }
    changes += boundUses(root);
    // The page's own style sheet does not reach into a shadow tree.
    if (hasLinks && root !== page && root.firstElementChild?.outerHTML !== LINK_STYLE) {
      const style = page.createElement('style');
      style.textContent = LINK_STYLE.replace(/<\/?style>/g, '');
      root.prepend(style);
    }
  }
  return changes;
}

/** Marks the links that a component is given to show. Answers whether there are any. */
function markSlotted(host: Element | undefined): boolean {
  const links = host === undefined ? [] : [...host.children].filter((child) => child.hasAttribute(LINK_ATTRIBUTE));
  for (const link of links) link.setAttribute(SLOTTED, '');
  return links.length > 0;
}

function disarmAttribute(element: Element, elementName: string, attribute: Attr): number {
  const name = attribute.localName.toLowerCase();
  if (name === 'href') return disarmLink(element, attribute);
  if (name === 'style') {
    const inert = attribute.value.replace(ABSENT_IN_CSS, 'data:,');
    if (inert === attribute.value) return 0;
    element.setAttribute('style', inert);
    return 1;
  }
  const isActive =
    name.startsWith('on') ||
    REMOVED_ATTRIBUTES.has(name) ||
    (name === 'srcdoc' && elementName !== 'iframe') ||
    (name === 'name' && !NAMED.has(elementName)) ||
    (LOADING_ATTRIBUTES.has(name) && !(/srcset$/.test(name) ? CARRIED_SET : CARRIED).test(attribute.value)) ||
    (name === LINK_ATTRIBUTE && !OPENABLE.test(attribute.value));
  if (isActive) element.removeAttributeNode(attribute);
  return Number(isActive);
}

/** Drawings refer to their own parts by `href`; everything else that has one is a link, in MathML too. */
function disarmLink(element: Element, attribute: Attr): number {
  const isLink = ['a', 'area'].includes(element.localName.toLowerCase());
  if (!isLink && CARRIED.test(attribute.value)) return 0;
  if (OPENABLE.test(attribute.value.trim()) && !element.hasAttribute(LINK_ATTRIBUTE)) {
    element.setAttribute(LINK_ATTRIBUTE, attribute.value.trim());
  }
  element.removeAttributeNode(attribute);
  return 1;
}

/** A framed document is judged like the page; one that could not be kept names its site. */
function disarmFrame(frame: Element, framing: Framing): number {
  const before = frame.outerHTML;
  const source = frame.getAttribute('srcdoc');
  const missing = frame.getAttribute(MISSING_ATTRIBUTE);
  const address = frame.getAttribute('src');
  frame.removeAttribute('src');
  const isAbsent = source === null && (missing !== null || address !== null);
  const document = isAbsent ? inertStandIn(missing ?? '', framing) : source;
  if (document === null) frame.removeAttribute('srcdoc');
  else frame.setAttribute('srcdoc', framing.known.has(document) ? document : framed(document, framing));
  frame.setAttribute('sandbox', SNAPSHOT_SANDBOX);
  frame.setAttribute('referrerpolicy', 'no-referrer');
  return Number(frame.outerHTML !== before);
}

function framed(source: string, { depth, frames, known }: Framing): string {
  frames.left -= 1;
  const isTooMany = frames.left < 0 || depth >= MOST_FRAME_DEPTH;
  const document = isTooMany ? '' : inert(source, { depth: depth + 1, frames, known });
  known.add(document);
  return document;
}

function inertStandIn(site: string, { known }: Framing): string {
  const document = `${policy()}${frameStandIn(site)}`;
  known.add(document);
  return document;
}

function standInForImage(image: Element): number {
  const source = image.getAttribute('src') ?? image.getAttribute('srcset');
  if (source === null || !/^(?:liasse-resource|sha256):/.test(source)) return 0;
  image.removeAttribute('srcset');
  image.setAttribute('src', imageStandIn(image.getAttribute(MISSING_ATTRIBUTE) ?? ''));
  return 1;
}

function disarmStyle(style: Element): number {
  const css = style.textContent ?? '';
  const inert = css.replace(ABSENT_IN_CSS, 'data:,').replaceAll('</', '<\\/');
  if (inert !== css) style.textContent = inert;
  return Number(inert !== css);
}
