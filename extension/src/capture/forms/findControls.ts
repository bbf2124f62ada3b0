import { inputTypeOf, isButtonType, isEditable, roleOf } from '../controls.ts';
import { attribute, bodyOf, frameDocumentOf, isElement, nameOf, queryAll, walk } from '../dom.ts';

/** How the trees of a page are entered. */
export interface PageDoors {
  /** The shadow root of an element, closed ones too where the browser lets an extension in. */
  readonly shadowOf: (element: Element) => ShadowRoot | null;
}

/** A field, and the hosts and frames through which one comes to it, outermost first. */
export interface FoundControl {
  readonly element: Element;
  /** `input:checkbox`, `select`, `role:combobox`, `editable`, `component`… */
  readonly kind: string;
  readonly through: readonly Element[];
}

export interface FoundControls {
  readonly controls: readonly FoundControl[];
  /** Fields past the limit, and in trees that are too deep. */
  readonly dropped: number;
  /** Frames of other sites, which may hold fields. */
  readonly framesAway: number;
}

/** Deeper, a page only plays with whoever reads it. A field's own path names its trees and itself: eight at most. */
const MAX_TREES_DEEP = 7;
const MAX_NODES = 400_000;

/** Every field of a page in reading order, in its shadow trees and in the frames that can be reached. */
export function findControls(document: Document, doors: PageDoors, limit: number): FoundControls {
  const controls: FoundControl[] = [];
  let dropped = 0;
  let framesAway = 0;
  let nodes = 0;
  search(bodyOf(document), []);
  return { controls, dropped, framesAway };

  function search(root: Node | null, through: readonly Element[]): void {
    if (root === null) return;
    if (through.length > MAX_TREES_DEEP) {
      dropped += queryAll(root as Element | ShadowRoot, NATIVE).length;
      return;
    }
    const components = componentsIn(root);
    walk(root, {
      enter(node) {
        nodes += 1;
        if (nodes > MAX_NODES) return false;
        if (!isElement(node)) return true;
        const name = nameOf(node);
        if (name === 'iframe' || name === 'frame') {
          enterFrame(node, through);
          return false;
        }
        if (SKIPPED.has(name)) return false;
        const kind = kindOf(node, name, components);
        if (kind !== null) {
          if (controls.length < limit) controls.push({ element: node, kind, through });
          else dropped += 1;
          // The parts of a widget are the widget: its options, its editable cells, the button that opens it.
          if (!kind.startsWith('component')) return false;
        }
        const shadow = doors.shadowOf(node);
        const before = controls.length;
        if (shadow !== null) search(shadow, [...through, node]);
        // A component whose own tree has fields is those fields.
        if (kind !== null && controls.length > before)
          controls.splice(
            controls.findIndex(({ element }) => element === node),
            1,
          );
        return true;
      },
      leave() {},
    });
  }

  function enterFrame(frame: Element, through: readonly Element[]): void {
    let inner: Document | null = null;
    try {
      inner = frameDocumentOf(frame as HTMLIFrameElement);
    } catch {
      // Another site's.
    }
    if (inner === null) framesAway += 1;
    else search(bodyOf(inner), [...through, frame]);
  }
}

const SKIPPED = new Set(['script', 'style', 'template', 'noscript', 'svg', 'math', 'option', 'datalist']);

const WIDGETS = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'listbox',
  'spinbutton',
  'slider',
  'switch',
  'checkbox',
  'radio',
  'radiogroup',
  'grid',
]);

function kindOf(element: Element, name: string, components: ReadonlySet<Element>): string | null {
  if (name === 'input') {
    const type = inputTypeOf(element);
    return type === 'hidden' || isButtonType(type) ? null : `input:${type}`;
  }
  if (name === 'select' || name === 'textarea') return name;
  const role = roleOf(element);
  if (WIDGETS.has(role) && isWidget(element, role)) return `role:${role}`;
  if (isEditable(element)) return 'editable';
  return components.has(element) ? 'component' : null;
}

const NATIVE = 'input:not([type="hidden" i]), select, textarea';

/** Not what stands around a native control, nor the list that a combobox opens. */
function isWidget(element: Element, role: string): boolean {
  if (queryAll(element, NATIVE).length > 0) return false;
  if (role === 'listbox') return !isPopup(element);
  // A calendar or a table is a field only where something in it can be chosen.
  if (role === 'grid') return queryAll(element, '[role="gridcell"][aria-selected]').length > 0 && !isPopup(element);
  return true;
}

function isPopup(list: Element): boolean {
  const id = attribute(list, 'id');
  if (id === null) return false;
  const named = CSS.escape(id);
  const root = Node.prototype.getRootNode.call(list) as Document | ShadowRoot;
  return queryAll(root, `[aria-controls~="${named}"], [aria-owns~="${named}"]`).some(
    (owner) => owner !== list && (roleOf(owner) === 'combobox' || attribute(owner, 'aria-haspopup') !== null),
  );
}

/** Components that take part in a form: the browser lists them among its elements. */
function componentsIn(root: Node): ReadonlySet<Element> {
  const found = new Set<Element>();
  for (const form of queryAll(root as Element, 'form')) {
    for (const element of Array.from(elementsOf(form as HTMLFormElement)))
      if (nameOf(element).includes('-')) found.add(element);
  }
  return found;
}

const elementsGetter = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements')?.get;
const elementsOf = (form: HTMLFormElement): HTMLFormControlsCollection => elementsGetter?.call(form);
