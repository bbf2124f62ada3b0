/**
 * What a snapshot may hold. Everything else is left out: this list is the sanitizer. No element here runs, loads, submits
 * or reads its content as anything but markup and text.
 */
const set = (...lists: string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(' ')));

/** Elements that go out with their name, and may hold markup and text. Not `style`, `title`, `iframe`: their content is no markup. */
export const ELEMENTS = set(
  'a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup',
  'data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header',
  'hgroup hr i img input ins kbd label legend li main map mark menu meter nav nobr ol optgroup option output p picture pre progress',
  'q rp rt ruby s samp search section select slot small span strike strong sub summary sup table tbody td textarea tfoot th thead',
  'time tr tt u ul var video wbr',
);

/**
 * Never there, with all that is in them. An empty `<template>` stands in their place, for style sheets that count children and
 * siblings.
 */
export const DROPPED = set(
  'script noscript template style link meta base title head applet param source track frame frameset noframes noembed xmp',
  'plaintext listing portal fencedframe',
);

export const VOID = set('area br col hr img input wbr');

export const SVG_ELEMENTS = set(
  'svg g path rect circle ellipse line polyline polygon text tspan defs clippath mask lineargradient radialgradient stop',
  'symbol use marker pattern desc title switch textpath image foreignobject a filter fegaussianblur feoffset feblend fecolormatrix',
  'fecomposite feflood femerge femergenode fedropshadow femorphology feturbulence fedisplacementmap fecomponenttransfer fefunca',
  'fefuncr fefuncg fefuncb fespecularlighting fediffuselighting fepointlight fedistantlight fespotlight feconvolvematrix fetile view',
);

export const MATH_ELEMENTS = set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom mfenced menclose msub msup msubsup munder',
  'mover munderover mmultiscripts mprescripts mtable mtr mtd mlabeledtr semantics merror maction',
);

/** Where the content of a formula is read as HTML. */
export const MATH_TEXT = set('mi mn mo ms mtext');

/** Where the content of a drawing is read as HTML. */
export const SVG_HTML = set('foreignobject desc title');

/** Attributes of any element. */
const GLOBAL = set('class id lang dir title role hidden slot part exportparts tabindex inert popover translate');

/** Attributes of HTML that shape or say something. None runs, loads, names a window or takes a key. */
const ATTRIBUTES = set(
  'alt colspan rowspan headers scope span start reversed type width height align valign bgcolor border cellpadding cellspacing',
  'datetime open for label size rows cols wrap multiple disabled readonly required placeholder color face nowrap rules frame',
  'hspace vspace compact clear abbr min max low high optimum char charoff noshade link vlink alink text cite shape coords',
  'usemap sizes controls contenteditable pattern maxlength minlength step frameborder marginwidth marginheight scrolling',
);

/** Attributes that style sheets may look at, and that stay out all the same: they act, load, lead somewhere or hold what was typed. */
const KEPT_OUT =
  /^(?:on.*|style|srcset|src|srcdoc|href|xlink:href|action|formaction|formtarget|target|ping|data-href|data-liasse.*|value|checked|selected|nonce|poster|background|content|is|autofocus|accesskey|manifest|download|name|shadowroot.*|xmlns.*|commandfor|command|popovertarget.*|integrity|rel|http-equiv|charset|data|code|codebase|archive|classid|imagesrcset|attributionsrc|csp|sandbox|allow|longdesc|profile)$/;

const SVG_ATTRIBUTES = set(
  'viewbox preserveaspectratio d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy points transform offset fill stroke opacity',
  'width height fill-opacity fill-rule stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset',
  'stroke-miterlimit stroke-opacity clip-path clip-rule mask filter stop-color stop-opacity text-anchor dominant-baseline',
  'alignment-baseline baseline-shift font-size font-family font-weight font-style font-variant font-stretch letter-spacing',
  'word-spacing text-decoration textlength lengthadjust startoffset method spacing rotate pathlength gradientunits',
  'gradienttransform spreadmethod patternunits patterntransform patterncontentunits clippathunits maskunits maskcontentunits',
  'markerwidth markerheight refx refy orient markerunits marker-start marker-mid marker-end visibility display overflow color',
  'vector-effect paint-order shape-rendering text-rendering image-rendering color-interpolation color-interpolation-filters',
  'flood-color flood-opacity lighting-color filterunits primitiveunits in in2 result stddeviation mode values type operator',
  'k1 k2 k3 k4 radius basefrequency numoctaves seed stitchtiles scale xchannelselector ychannelselector tablevalues slope',
  'intercept amplitude exponent surfacescale specularconstant specularexponent diffuseconstant kernelmatrix order divisor bias',
  'edgemode preservealpha azimuth elevation z pointsatx pointsaty pointsatz limitingconeangle kernelunitlength targetx targety',
);

const MATH_ATTRIBUTES = set(
  'mathvariant mathsize mathcolor mathbackground display displaystyle scriptlevel stretchy symmetric largeop movablelimits accent',
  'accentunder fence separator lspace rspace minsize maxsize columnalign rowalign columnspacing rowspacing columnlines rowlines',
  'columnspan rowspan linethickness notation depth height width voffset form dir',
);

/** The names that SVG writes with capitals, which the parser restores from these spellings alone. */
const SVG_NAMES =
  'clipPath linearGradient radialGradient textPath foreignObject feGaussianBlur feOffset feBlend feColorMatrix feComposite feFlood ' +
  'feMerge feMergeNode feDropShadow feMorphology feTurbulence feDisplacementMap feComponentTransfer feFuncA feFuncR feFuncG feFuncB ' +
  'feSpecularLighting feDiffuseLighting fePointLight feDistantLight feSpotLight feConvolveMatrix feTile viewBox preserveAspectRatio ' +
  'textLength lengthAdjust startOffset pathLength gradientUnits gradientTransform spreadMethod patternUnits patternTransform ' +
  'patternContentUnits clipPathUnits maskUnits maskContentUnits markerWidth markerHeight refX refY markerUnits filterUnits ' +
  'primitiveUnits stdDeviation baseFrequency numOctaves stitchTiles xChannelSelector yChannelSelector tableValues surfaceScale ' +
  'specularConstant specularExponent diffuseConstant kernelMatrix edgeMode preserveAlpha pointsAtX pointsAtY pointsAtZ ' +
  'limitingConeAngle kernelUnitLength targetX targetY';

const SVG_SPELLING: ReadonlyMap<string, string> = new Map(
  SVG_NAMES.split(' ').map((name) => [name.toLowerCase(), name]),
);

/** The name of a drawing's element or attribute as parsers know it. */
export const svgSpelling = (name: string): string => SVG_SPELLING.get(name) ?? name;

/** How a parser reads what is written: the kind of names that apply. */
export type Markup = 'html' | 'svg' | 'math';

/**
 * The name under which an attribute goes out, or null when it does not.
 *
 * @param styled - attributes that the page's style sheets look at: without them the copy would look different
 */
export function allowedAttribute(markup: Markup, name: string, styled: ReadonlySet<string>): string | null {
  if (GLOBAL.has(name) || /^aria-[a-z]+$/.test(name)) return name;
  if (name === 'xml:lang') return 'lang';
  if (markup === 'html' && ATTRIBUTES.has(name)) return name;
  if (markup === 'svg' && SVG_ATTRIBUTES.has(name)) return svgSpelling(name);
  if (markup === 'math' && MATH_ATTRIBUTES.has(name)) return name;
  return styled.has(name) && /^[a-z][-a-z0-9_]*$/.test(name) && !KEPT_OUT.test(name) ? name : null;
}

/** A custom element is inert where no script runs, and style sheets name it. */
export const isCustomName = (name: string): boolean =>
  /^[a-z][a-z0-9._]*-[-a-z0-9._]*$/.test(name) && !RESERVED.has(name);

/** Names of SVG and MathML with a hyphen, which no custom element may have. */
const RESERVED = set(
  'annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph',
);
