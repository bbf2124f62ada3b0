/** Elements that all `<use>` of a tree may stand for together. A page of icons has hundreds. */
const MOST_ELEMENTS = 50_000;
const MOST_TARGETS = 2_000;
const MOST_DEPTH = 20;

/**
 * Takes out the `<use>` of a drawing that refers to itself many times over [C23]: ten references to ten references, ten deep,
 * are ten thousand million elements to the browser. Answers how many were taken out.
 */
export function boundUses(root: ParentNode): number {
  const uses = root.querySelectorAll('use');
  if (uses.length === 0) return 0;
  const targets = new Map<string, Element>();
  for (const element of root.querySelectorAll('[id]')) if (!targets.has(element.id)) targets.set(element.id, element);
  const weights = new Map<Element, number>();

  const weightOf = (target: Element, depth: number): number => {
    const known = weights.get(target);
    if (known !== undefined) return known;
    if (depth > MOST_DEPTH || weights.size > MOST_TARGETS) return Number.POSITIVE_INFINITY;
    // Until it is known: one that refers to itself has no end.
    weights.set(target, Number.POSITIVE_INFINITY);
    let weight = target.querySelectorAll('*').length + 1;
    for (const use of target.localName === 'use' ? [target] : target.querySelectorAll('use')) {
      const inner = targetOf(use, targets);
      if (inner !== null) weight += weightOf(inner, depth + 1);
    }
    weights.set(target, weight);
    return weight;
  };

  let whole = 0;
  let removed = 0;
  for (const use of uses) {
    const target = targetOf(use, targets);
    if (target === null) continue;
    const weight = weightOf(target, 0);
    if (whole + weight > MOST_ELEMENTS) {
      use.remove();
      removed += 1;
    } else whole += weight;
  }
  return removed;
}

function targetOf(use: Element, targets: ReadonlyMap<string, Element>): Element | null {
  const href = use.getAttribute('href') ?? use.getAttribute('xlink:href') ?? '';
  return href.startsWith('#') ? (targets.get(href.slice(1)) ?? null) : null;
}
