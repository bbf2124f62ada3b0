import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FieldRule } from '../privacy/index.ts';
import { parsePage } from '../testing.ts';
import { snapshotOf } from './testing.ts';

afterEach(() => void vi.restoreAllMocks());

/** A browser in which some elements, by their ids, are in a state that jsdom does not know. */
function inState(ids: readonly string[], state: string): void {
  const { matches } = Element.prototype;
  vi.spyOn(Element.prototype, 'matches').mockImplementation(function (this: Element, selector: string) {
    return selector === state ? ids.includes(this.id) : matches.call(this, selector);
  });
}

describe('what is open', () => {
  test('[C11] folded details and dialogs are open in the copy', async () => {
    const { copy } = await snapshotOf('<details open><summary>s</summary>x</details><dialog open>d</dialog>');
    expect(copy.querySelectorAll('details[open], dialog[open]')).toHaveLength(2);
  });

  test('[C11] a popover that is shown is shown, and one that is not waits', async () => {
    inState(['shown'], ':popover-open');
    const { copy } = await snapshotOf('<div id="shown" popover>a</div><div id="waiting" popover>b</div>');
    const [shown, waiting] = ['shown', 'waiting'].map((id) => copy.getElementById(id));
    expect(shown?.getAttributeNames()).toEqual(['id', 'data-liasse-popover']);
    expect(waiting?.getAttributeNames()).toEqual(['id', 'popover']);
    expect(copy.querySelector('style')?.textContent).toContain('[data-liasse-popover]{position:fixed');
  });

  test('[C11] a dialog that stood above the page stands above its copy', async () => {
    inState(['modal'], ':modal');
    const { copy } = await snapshotOf('<dialog id="modal" open>a</dialog><dialog id="beside" open>b</dialog>');
    expect(copy.getElementById('modal')?.hasAttribute('data-liasse-modal')).toBe(true);
    expect(copy.getElementById('beside')?.hasAttribute('data-liasse-modal')).toBe(false);
  });
});

describe('what fields hold', () => {
  const ruled = (rule: FieldRule | Error) => ({
    fieldOf: () => {
      if (rule instanceof Error) throw rule;
      return rule;
    },
  });
  const filled = () => {
    const page = parsePage(
      '<textarea></textarea><select><option>a<option id="b">b</select><input type="checkbox"><input type="radio"><div contenteditable>SECRET-text</div>',
    );
    (page.querySelector('textarea') as HTMLTextAreaElement).value = 'SECRET-area';
    (page.getElementById('b') as HTMLOptionElement).selected = true;
    for (const box of page.querySelectorAll('input')) box.checked = true;
    return page;
  };
  const stateOf = (copy: Document) => ({
    text: copy.querySelector('textarea')?.value,
    written: copy.querySelector('div')?.textContent,
    chosen: copy.querySelectorAll('[selected]').length,
    ticked: copy.querySelectorAll('[checked]').length,
  });

  test.each<[string, FieldRule | Error, ReturnType<typeof stateOf>]>([
    ['kept', 'keep', { text: 'SECRET-area', written: 'SECRET-text', chosen: 1, ticked: 2 }],
    ['masked', 'mask', { text: '••••••••', written: '••••••••', chosen: 0, ticked: 0 }],
    ['dropped', 'drop', { text: '', written: '', chosen: 0, ticked: 0 }],
    ['that cannot be judged', new Error('no verdict'), { text: '', written: '', chosen: 0, ticked: 0 }],
  ])('[C10] a field %s holds as much: text, choices, ticks and what people write in', async (_what, rule, state) => {
    const { html, copy } = await snapshotOf(filled(), ruled(rule));
    expect(stateOf(copy)).toEqual(state);
    expect(html.includes('SECRET')).toBe(rule === 'keep');
  });

  test('[C10] no rule lets out the name of a file', async () => {
    const page = parsePage('<input type="file">');
    Object.defineProperty(page.querySelector('input'), 'value', { get: () => 'C:\\fakepath\\paie.pdf' });
    const { html, copy } = await snapshotOf(page, ruled('keep'));
    expect(html).not.toContain('paie.pdf');
    expect(copy.querySelector('input')?.hasAttribute('inert')).toBe(true);
  });
});
