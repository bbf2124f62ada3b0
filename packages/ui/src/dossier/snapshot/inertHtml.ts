/**
 * What the frame may load: nothing but what the snapshot carries in itself. The frame also inherits the page's own policy,
 * so that one must allow as much.
 */
export const SNAPSHOT_POLICY =
  "default-src 'none'; img-src blob: data:; font-src blob: data:; style-src 'unsafe-inline'; form-action 'none'";

/** Where a link of the snapshot leads. The app opens it; the frame never goes there. */
export const LINK_ATTRIBUTE = 'data-href';

// An anchor without `href` has no link's look of its own. At no specificity, so that any rule of the page wins.
const LINK_STYLE = `<style>:where([${LINK_ATTRIBUTE}]){color:LinkText;text-decoration:underline;cursor:pointer}</style>`;

// Whole elements that run, fetch, navigate or frame. `link` is here because no policy stops `dns-prefetch` and `preconnect`.
const REMOVED = new Set(
  'script link base object embed applet portal fencedframe frameset frame meta animate set animatemotion animatetransform'.split(
    ' ',
  ),
);

// Attributes that act by themselves, move focus, or take the app's keys.
const REMOVED_ATTRIBUTES = new Set(
  'srcdoc ping action formaction formtarget target download autofocus accesskey nonce manifest popovertarget command commandfor is'.split(
    ' ',
  ),
);

// Attributes that load: kept only with what the snapshot carries in itself.
const LOADING_ATTRIBUTES = new Set('src srcset imagesrcset poster background data'.split(' '));

const CARRIED = /^\s*(?:data:(?:image|font|audio|video)\/|blob:|#)/i;
const OPENABLE = /^(?:https?:|mailto:|tel:|#)/i;

/**
 * Makes the source of the frame from a snapshot's HTML: the policy first, then the page without anything that could act.
 *
 * The capture already leaves nothing of the kind; but a blob may come from any member's device, and a broken or hostile one
 * must not navigate the frame, look up a name, or take the focus. Scripts are stopped three times over: here, by the policy, and
 * by the sandbox.
 */
export function inertHtml(html: string): string {
  // An inert document: nothing in it runs or loads.
  const page = new DOMParser().parseFromString(html, 'text/html');
  const doctype = page.doctype === null || page.compatMode === 'BackCompat' ? '' : '<!doctype html>';
  disarm(page);
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = SNAPSHOT_POLICY;
  // Outside the page's own markup, so that no element of it can come before.
  return `${doctype}${policy.outerHTML}${LINK_STYLE}${page.documentElement.outerHTML}`;
}

function disarm(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName.toLowerCase();
    if (REMOVED.has(name)) {
      element.remove();
      continue;
    }
    for (const attribute of [...element.attributes]) disarmAttribute(element, attribute);
    if (element instanceof HTMLTemplateElement) disarm(element.content);
  }
}

function disarmAttribute(element: Element, attribute: Attr): void {
  const name = attribute.localName.toLowerCase();
  if (name === 'href') {
    disarmLink(element, attribute);
  } else if (
    name.startsWith('on') ||
    REMOVED_ATTRIBUTES.has(name) ||
    (LOADING_ATTRIBUTES.has(name) && !CARRIED.test(attribute.value)) ||
    (name === LINK_ATTRIBUTE && !OPENABLE.test(attribute.value))
  ) {
    element.removeAttributeNode(attribute);
  }
}

/** Drawings refer to their own parts by `href`; everything else that has one is a link, in MathML too. */
function disarmLink(element: Element, attribute: Attr): void {
  const isLink = ['a', 'area'].includes(element.localName.toLowerCase());
  if (!isLink && CARRIED.test(attribute.value)) return;
  if (OPENABLE.test(attribute.value.trim()) && !element.hasAttribute(LINK_ATTRIBUTE)) {
    element.setAttribute(LINK_ATTRIBUTE, attribute.value.trim());
  }
  element.removeAttributeNode(attribute);
}
