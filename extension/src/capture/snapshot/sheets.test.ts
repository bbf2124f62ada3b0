import { afterEach, describe, expect, test, vi } from 'vitest';
import { livePage, snapshotOf } from './testing.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  Reflect.deleteProperty(document, 'fonts');
  document.documentElement.innerHTML = '';
});

/** A sheet as a script makes one. */
function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.insertRule(css);
  return sheet;
}

describe('shadow trees', () => {
  /** The copy’s tree of `<x-card>`. */
  const treeIn = (copy: Document) =>
    copy.querySelector<HTMLTemplateElement>('x-card > template[shadowrootmode=open]')?.content;
  const stylesIn = (root: ParentNode | undefined) =>
    [...(root?.querySelectorAll('style') ?? [])].map(({ textContent }) => textContent).join('\n');

  test('[C5] have their own style sheets and those that a script adopted into them', async () => {
    const page = livePage('<x-card></x-card>');
    const root = page.querySelector('x-card')?.attachShadow({ mode: 'open' }) as ShadowRoot;
    root.innerHTML = '<b>ombre</b>';
    Object.defineProperty(root, 'styleSheets', { value: [sheetOf('b { color: red; }')] });
    Object.defineProperty(root, 'adoptedStyleSheets', { value: [sheetOf('b { margin: 1px; }')] });
    const { copy } = await snapshotOf(page);
    expect(stylesIn(treeIn(copy))).toMatch(/color: red[\s\S]*margin: 1px/);
    expect(stylesIn(copy)).not.toContain('margin: 1px');
  });

  test('[C5] that are closed are in it where the browser lets an extension in', async () => {
    const page = livePage('<x-card></x-card>');
    const host = page.querySelector('x-card') as Element;
    const closed = host.attachShadow({ mode: 'closed' });
    closed.innerHTML = '<b>fermée</b>';
    vi.stubGlobal('chrome', { dom: { openOrClosedShadowRoot: (of: Element) => (of === host ? closed : null) } });
    vi.resetModules();
    const { snapshotOf: take } = await import('./testing.ts');
    const { copy } = await take(page);
    expect(treeIn(copy)?.querySelector('b')?.textContent).toBe('fermée');
  });
});

describe('style sheets', () => {
  const kept = async (html: string, change: (sheet: CSSStyleSheet) => void = () => {}) => {
    const page = livePage(html);
    change(page.styleSheets[0] as CSSStyleSheet);
    return (await snapshotOf(page)).html;
  };

  test('[C6] say of the copy what they said of the page, without the rules that it has no use for', async () => {
    const html = await kept('<style>a:link{color:red}.gone{margin:1px}p{margin:2px}</style><a href="/">x</a><p>y</p>');
    expect(html).toContain('a[data-href]');
    expect(html).not.toMatch(/a:link|\.gone/);
    expect(html).toMatch(/p ?\{\s?margin: ?2px/);
  });

  test('[C6] have the rules that a script inserted, not those it took away', async () => {
    const html = await kept('<style>p{color:red}</style><p>x</p>', (sheet) => {
      sheet.insertRule('p { color: blue; }', 0);
      sheet.deleteRule(1);
    });
    expect(html).toContain('color: blue');
    expect(html).not.toMatch(/color: ?red/);
  });

  test('[C6] have them also where the browser shows a rule with something lost', async () => {
    const html = await kept('<style>p{background:var(--a);background-color:red}</style><p>x</p>', (sheet) => {
      const [rule] = sheet.cssRules;
      Object.defineProperty(rule, 'cssText', { value: 'p { background: ; background-color: red; }' });
      sheet.insertRule('p { color: blue; }', 1);
    });
    expect(html).toContain('color: blue');
  });

  test('[C7] of the fonts, ask for those that the page has loaded', async () => {
    const page = livePage(
      '<style>@font-face{font-family:A;src:url(a.woff2)}@font-face{font-family:B;src:url(b.woff2)}</style><p>x</p>',
    );
    const face = { style: 'normal', weight: '400', stretch: 'normal', unicodeRange: 'U+0-10FFFF' };
    Object.defineProperty(document, 'fonts', {
      configurable: true,
      value: [
        { ...face, family: 'A', status: 'loaded' },
        { ...face, family: 'B', status: 'unloaded' },
      ],
    });
    const asked: string[] = [];
    await snapshotOf(page, {
      read: (url) => {
        asked.push(url.slice(url.lastIndexOf('/') + 1));
        return null;
      },
    });
    expect(asked).toEqual(['a.woff2']);
  });
});
