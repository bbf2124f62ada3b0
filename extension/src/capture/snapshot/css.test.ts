import { describe, expect, test } from 'vitest';
import { type CssRules, readCss, writeCss } from './css.ts';
import { fontFace, loadedFaces } from './fonts.ts';
import { mayMatch, noNames, selectorOfCopy } from './selectors.ts';

const keepAll: CssRules = { selector: (selector) => selector, fontFace: (body) => fontFace(body, null) };
const inert = (css: string, rules: CssRules | undefined = keepAll) => writeCss(readCss(css, rules), () => null);
const addressesIn = (css: string, rules = keepAll) =>
  readCss(css, rules).flatMap((part) => (typeof part === 'string' ? [] : [part.address]));

describe('CSS', () => {
  test.each([
    ['a{background:url(https://e.example/x)}', 'a{background:url("data:,")}'],
    ['a{background:url( "//e.example/x" )}', 'a{background:url("data:,")}'],
    ['a{--x:u\\72 l(https://e.example/x)}', 'a{--x:url("data:,")}'],
    ['a{--x:\\75\\72\\6c("https://e.example")}', 'a{--x:url("data:,")}'],
    ['a{background:image-set("x.png" 1x)}', 'a{background:image-set("data:," 1x)}'],
    ['a{--s:"https://e.example/x"}', 'a{--s:"data:,"}'],
    ['@import url(https://e.example);b{c:d}', 'b{c:d}'],
    ['@im\\70ort "https://e.example;x";b{c:d}', 'b{c:d}'],
    ['a{fill:url(#g)}', 'a{fill:url("#g")}'],
    ['a{content:"</style><script>"}', 'a{content:"\\3c /style>\\3c script>"}'],
    ['a/*</style>*/b{}', 'a b{}'],
    ['a{b:url(https://e.example', 'a{b:url("data:,")'],
    ['a{b:"https://e.example', 'a{b:"data:,"'],
    ['a{b:c\\', 'a{b:c'],
    ['a{b:</style><img src=x>}', 'a{b:<\\/style><img src=x>}'],
  ])('[C1] %s', (source, expected) => {
    expect(inert(source)).toBe(expected.replace('url("data:,")', 'url("data:,")'));
  });

  test('[C2] addresses are set apart, with what they are for', () => {
    const css = 'a{background:url(a.png),image-set("b.png" 1x)}@font-face{font-family:f;src:url(f.woff2)}';
    expect(addressesIn(css)).toEqual(['a.png', 'b.png', 'f.woff2']);
  });

  test('[C3] a page that writes our names means something else by them', () => {
    expect(inert('a{--x:liasse-resource:3;content:"sha256:abc"}')).not.toMatch(/liasse-resource:\d|sha256:[0-9a-f]/);
  });
});

describe('rules that the page has no use for', () => {
  const names = noNames();
  names.classes.add('used').add('sm:p-4');
  names.ids.add('main');
  names.elements.add('p').add('div');
  const rules: CssRules = { ...keepAll, selector: (selector) => (mayMatch(selector, names) ? selector : null) };

  test.each([
    ['.used{a:b}', true],
    ['.gone{a:b}', false],
    ['.gone,.used{a:b}', true],
    ['div .used>p:hover::before{a:b}', true],
    ['table{a:b}', false],
    ['P{a:b}', true],
    ['#main{a:b}', true],
    ['#gone{a:b}', false],
    ['.sm\\:p-4{a:b}', true],
    [':is(.gone,table){a:b}', true],
    ['[class="gone"]{a:b}', true],
    ['*{a:b}', true],
    ['svg|rect{a:b}', true],
    ['.used:not(.gone){a:b}', true],
    ['::selection{a:b}', true],
    ['html{a:b}', true],
  ])('[C6] %s: kept %s', (css, isKept) => {
    expect(inert(css, rules)).toBe(isKept ? css : '');
  });

  test('[C6] are left out with all that is in them, within conditions too, and ask for nothing', () => {
    const css =
      '@media print{.gone{b:url(x);&:hover{c:d}}.used{a:b;.gone &{e:f}}}@keyframes k{from{a:b}50%{a:b}}@supports (a:b){p{c:d}}';
    expect(inert(css, rules)).toBe('@media print{.used{a:b;}}@keyframes k{from{a:b}50%{a:b}}@supports (a:b){p{c:d}}');
    expect(addressesIn(css, rules)).toEqual([]);
  });
});

describe('selectors that speak of what the copy marks', () => {
  test.each([
    ['a:link', 'a[data-href]'],
    ['a:not([href]):hover', 'a:not([data-href]):hover'],
    ['a[href^="http"]', 'a[data-href^="http"]'],
    ['a[hreflang]', 'a[hreflang]'],
    [':not(:defined)', ':not(:not([data-liasse-undefined]))'],
    ['dialog:modal', 'dialog[data-liasse-modal]'],
    ['a::before', 'a::before'],
    ['[title=":link [href]"]', '[title=":link [href]"]'],
    ['.a\\:link', '.a\\:link'],
  ])('[C6] %s', (page, copy) => {
    expect(selectorOfCopy(page)).toBe(copy);
  });
});

describe('fonts', () => {
  const face = (family: string, weight: string, status = 'loaded', unicodeRange = 'U+0-10FFFF') => ({
    family,
    weight,
    status,
    unicodeRange,
    style: 'normal',
    stretch: 'normal',
  });
  const written = (body: string, faces: readonly ReturnType<typeof face>[] | null) => {
    const parts = fontFace(body, loadedFaces(faces));
    return parts === null ? null : writeCss(parts, ({ address }) => address);
  };

  test('[C7] the best of several formats, what this machine may have first', () => {
    const src =
      'local("A"), url(a.eot?#iefix) format("embedded-opentype"), url("a.woff") format("woff"), url(a.woff2) format("woff2"), url(a.svg#a) format("svg")';
    expect(written(`font-family:"A";src:${src}`, null)).toBe(
      '@font-face{font-family:"A";src:local("A"),url("a.woff2") format("woff2")}',
    );
  });

  test('[C7] faces that nothing is written with are left out', () => {
    const loaded = [face('"A B"', '400'), face('A B', '700', 'unloaded')];
    expect(written("font-family:'A B';src:url(a.woff2)", loaded)).not.toBeNull();
    expect(written("font-family:'A B';font-weight:bold;src:url(a.woff2)", loaded)).toBeNull();
    expect(written('font-family:Other;src:url(o.woff2)', loaded)).toBeNull();
    expect(written("font-family:'A B';unicode-range:U+400-4FF;src:url(c.woff2)", loaded)).toBeNull();
  });

  test('[C1] what a face declares besides cannot leave it', () => {
    expect(written('font-family:A}body{color:red;src:url(a.woff)', null)).toBe(
      '@font-face{src:url("a.woff") format("woff")}',
    );
  });
});
