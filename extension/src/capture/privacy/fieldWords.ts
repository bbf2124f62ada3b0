import { attribute, foldedText, hostOf, isElement, nameOf, parentOf, query, queryAll, rootOf } from '../dom.ts';
import { plainWords } from './words.ts';

/** Each thing that a page calls a field by, as plain words: its name, id, hint, and each of its labels. */
export function wordsOf(field: Element): readonly string[] {
  const name = nameOf(field);
  const said = [
    name.includes('-') ? name : null,
    ...NAMING.map((name) => attribute(field, name)),
    ...labelTexts(field),
    // The parts of a component are named by the component: `<x-password name="secret">` around a plain input.
    ...hostsOf(field).flatMap((host) => [nameOf(host), ...NAMING.map((name) => attribute(host, name))]),
  ];
  return said.flatMap((text) => (text === null || text === '' ? [] : [plainWords(text)]));
}

const NAMING = ['name', 'id', 'aria-label', 'placeholder', 'title'];

/** Longer ones explain something: `Forgot your password? Tell us your address, and we…`. */
const LABEL_CHARACTERS = 60;

function labelTexts(field: Element): readonly string[] {
  const root = rootOf(field);
  const labels = [...labelsOf(field)];
  for (const id of (attribute(field, 'aria-labelledby') ?? '').split(/\s+/, 8)) {
    const element = id === '' ? null : query(root, `[id="${CSS.escape(id)}"]`);
    if (element !== null) labels.push(element);
  }
  return labels.map((label) => foldedText(label, LABEL_CHARACTERS)).filter((text) => text.length <= LABEL_CHARACTERS);
}

/** The labels of a field: for it, and around it. */
export function labelsOf(field: Element): readonly Element[] {
  const id = attribute(field, 'id') ?? '';
  const labels = id === '' ? [] : [...(labelIndex(rootOf(field)).get(id) ?? [])];
  let around: Node | null = parentOf(field);
  for (let depth = 0; around !== null && isElement(around) && depth < 6; depth++) {
    if (nameOf(around) === 'label' && attribute(around, 'for') === null) labels.push(around);
    around = parentOf(around);
  }
  return labels;
}

type LabelIndex = ReadonlyMap<string, readonly Element[]>;

const indexes = new WeakMap<Node, LabelIndex>();

/**
 * The labels of a tree by what they are for. A field's own `labels` walks the whole tree each time; the index lives until the
 * end of the current task, in which the page cannot change.
 */
function labelIndex(root: Document | DocumentFragment): LabelIndex {
  const known = indexes.get(root);
  if (known !== undefined) return known;
  const index = new Map<string, Element[]>();
  for (const label of queryAll(root, 'label[for]')) {
    const id = attribute(label, 'for') ?? '';
    const others = index.get(id);
    if (others === undefined) index.set(id, [label]);
    else if (others.length < 8) others.push(label);
  }
  indexes.set(root, index);
  queueMicrotask(() => indexes.delete(root));
  return index;
}

function hostsOf(field: Element): readonly Element[] {
  const hosts: Element[] = [];
  for (let host = hostOf(field); host !== null && hosts.length < 4; host = hostOf(host)) hosts.push(host);
  return hosts;
}
