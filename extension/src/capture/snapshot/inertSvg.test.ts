import { describe, expect, test } from 'vitest';
import { inertSvg, inertSvgFile } from './inertSvg.ts';

const svg = (inner: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg"${attributes}>${inner}</svg>`;

describe('the file of a drawing', () => {
  test.each([
    ['a script', '<script>alert(1)</script><rect/>'],
    ['a script of another prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script><rect/>'],
    ['a script of HTML', '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script><rect/>'],
    [
      'a document of HTML',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject><rect/>',
    ],
    ['a handler', '<rect onload="alert(1)" ONCLICK="alert(1)"/>'],
    ['an animated link', '<a><set attributeName="href" to="javascript:alert(1)"/></a><rect/>'],
    ['a link', '<a xlink:href="javascript:alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"><rect/></a>'],
    ['a link within it', '<a href="#x"><rect id="x"/></a>'],
    ['a use from elsewhere', '<use href="https://evil.example/a.svg#b"/><use href="data:image/svg+xml,x#b"/><rect/>'],
    [
      'an image from elsewhere',
      '<image href="https://evil.example/a.png"/><image href="data:image/svg+xml,x"/><rect/>',
    ],
    [
      'styles that load',
      '<style>@import "//evil.example/a"; rect { fill: url(https://evil.example/b) }</style><rect style="mask:url(//evil.example/c)"/>',
    ],
    ['a style that ends early', '<style>&lt;/style>&lt;script>alert(1)&lt;/script></style><rect/>'],
    ['text that is markup once more', '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text><rect/>'],
    ['data that is markup once more', '<text><![CDATA[<script>alert(1)</script>]]></text><rect/>'],
    ['a sheet beside it', '<?xml-stylesheet href="https://evil.example/a.css"?><rect/>'],
    [
      'events of XML',
      '<handler xmlns="http://www.w3.org/2001/xml-events" type="text/javascript">alert(1)</handler><rect/>',
    ],
  ])('[C24] keeps what is drawn, and nothing of %s', (_what, inner) => {
    const inert = inertSvg(svg(inner)) ?? '';
    const page = new DOMParser().parseFromString(inert, 'image/svg+xml');
    expect(page.querySelectorAll('rect')).toHaveLength(1);
    expect(inert).not.toMatch(/evil|javascript:|<\?|<!/i);
    for (const element of page.querySelectorAll('*')) {
      expect('svg rect a text style use image').toContain(element.localName);
      expect(element.namespaceURI).toBe('http://www.w3.org/2000/svg');
      expect(element.getAttributeNames().filter((name) => /^on|href/i.test(name))).toEqual([]);
    }
    // What was written is judged the same the second time.
    expect(inertSvg(inert)).toBe(inert);
  });

  test('[C24] keeps gradients, uses, styles, images that it carries, and the entities of its own namespaces', () => {
    const source = `\ufeff<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [
      <!-- it's "made" elsewhere --> <!ENTITY ns_svg "http://www.w3.org/2000/svg">]>
      <s:svg xmlns:s="&ns_svg;" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
      <s:style>.a { fill: url(#g) }</s:style><s:linearGradient id="g"/><s:rect id="r" class="a" fill="url('#g')"/>
      <s:use x:href="#r" style="opacity: .5"/><s:image x:href="data:image/png;base64,AAAA"/><s:text xml:space="preserve">é &amp; &#233;</s:text></s:svg>`;
    const page = new DOMParser().parseFromString(inertSvg(source) ?? '', 'image/svg+xml');
    expect(page.documentElement.getAttribute('viewBox')).toBe('0 0 9 9');
    expect(page.querySelector('linearGradient')?.id).toBe('g');
    expect(page.querySelector('style')?.textContent).toBe('.a { fill: url("#g") }');
    expect(page.querySelector('rect')?.getAttribute('fill')).toBe('url("#g")');
    expect(page.querySelector('use')?.getAttribute('href')).toBe('#r');
    expect(page.querySelector('image')?.getAttribute('href')).toBe('data:image/png;base64,AAAA');
    expect(page.querySelector('text')?.textContent).toBe('é & é');
  });

  const laughs = Array.from(
    { length: 9 },
    (_, level) => `<g id="a${level + 1}">${`<use href="#a${level}"/>`.repeat(10)}</g>`,
  );
  test.each([
    ['explodes by its uses', svg(`<g id="a0"><rect/></g>${laughs.join('')}`)],
    ['uses itself', svg('<g id="a"><use href="#a"/></g>')],
    [
      'explodes by its entities',
      `<!DOCTYPE svg [<!ENTITY a "${'x'.repeat(5000)}">]>${svg(`<text>${'&a;'.repeat(50)}</text>`)}`,
    ],
    ['has entities of entities', `<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`],
    ['is not well-formed', `${svg('<rect>')}`],
    ['goes on after its end', `${svg('<rect/>')}<script/>`],
    ['is followed by another', `${svg('<rect/>')}${svg('<rect/>')}`],
    ['has no namespace', '<svg><rect/></svg>'],
    ['is another document', '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'],
    ['never ends a comment', `<!DOCTYPE svg [${'<!-- '.repeat(5000)}]>${svg('')}`],
  ])('[C24] that %s is none', (_what, source) => expect(inertSvg(source)).toBeNull());

  test('[C24] of 100,000 levels keeps those that a parser follows', () => {
    const deep = svg(`${'<g>'.repeat(100_000)}<rect/>${'</g>'.repeat(100_000)}<circle/>`);
    expect(inertSvg(deep)?.match(/<g>/g)).toHaveLength(199);
    expect(inertSvg(deep)).toContain('<circle>');
  });

  test('[C24] is read in the encoding that it declares', async () => {
    const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${svg('<text>\u00e9</text>')}`;
    const inert = await inertSvgFile(new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))]));
    expect(await inert?.text()).toContain('<text>é</text>');
  });
});
