import { attribute, firstChildOf, isElement, nameOf, nextSiblingOf } from '../dom.ts';
import type { PageContext } from './context.ts';
import { frameMarkup } from './replaced.ts';
import type { Written } from './types.ts';

const MOST_DEPTH = 8;

/** A page made of frames, as a grid of them: no element of today says the same. */
export function framesetMarkup(frameset: Element, page: PageContext, depth = 0): Written[] {
  const out: Written[] = [
    `<div style="display:grid;width:100%;height:${depth === 0 ? '100vh' : '100%'};${tracks(frameset, 'rows')}${tracks(frameset, 'cols')}">`,
  ];
  for (let child = firstChildOf(frameset); child !== null; child = nextSiblingOf(child)) {
    if (!isElement(child)) continue;
    if (nameOf(child) === 'frame') {
      out.push(...frameMarkup(child, [' style="box-sizing:border-box;width:100%;height:100%"'], page));
    } else if (nameOf(child) === 'frameset' && depth < MOST_DEPTH) out.push(...framesetMarkup(child, page, depth + 1));
  }
  out.push('</div>');
  return depth === 0 ? ['<style>body{margin:0}</style>', ...out] : out;
}

/** `20%,*,2*,100` as the tracks of a grid. */
function tracks(frameset: Element, name: 'rows' | 'cols'): string {
  const property = name === 'rows' ? 'grid-template-rows' : 'grid-template-columns';
  const sizes = (attribute(frameset, name) ?? '*')
    .split(',')
    .slice(0, 50)
    .map((size) => {
      const [, number = '', unit = ''] = /^\s*(\d*)(?:\.\d+)?\s*(%|\*)?/.exec(size) ?? [];
      if (unit === '*') return `minmax(0,${number === '' ? 1 : Number(number)}fr)`;
      return number === '' ? 'minmax(0,1fr)' : `${Number(number)}${unit === '%' ? '%' : 'px'}`;
    });
  return `${property}:${sizes.join(' ')};`;
}
