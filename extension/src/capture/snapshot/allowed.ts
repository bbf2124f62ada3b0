/**
 * What a snapshot may hold. Everything else is left out: this list is the sanitizer. No element here runs, loads, submits
 * or reads its content as anything but markup and text.
 */
const set = (...lists: string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(' ')));

/** Elements that go out with their name. Not `style`, `title`, `textarea`: their content is no markup. */
export const ELEMENTS = set(
  'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del',
  'details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i ins kbd label',
  'legend li main mark menu meter nav ol p pre progress q rp rt ruby s samp search section small span strike strong sub',
  'summary sup table tbody td tfoot th thead time tr tt u ul var wbr img input button select optgroup option output',
);

/** Never there, with all that is in them. */
export const DROPPED = set(
  'script noscript template style link meta base title head object embed applet param source track',
  'iframe frame frameset noframes noembed xmp plaintext listing dialog portal fencedframe area map datalist textarea',
  'audio video canvas annotation-xml foreignobject animate animatemotion animatetransform set discard',
);

export const VOID = set('br col hr img input wbr');

export const SVG_ELEMENTS = set(
  'svg g path rect circle ellipse line polyline polygon text tspan defs clippath mask lineargradient radialgradient stop',
  'symbol use marker pattern desc switch textpath',
);

/** The names that SVG writes with capitals, which the parser restores only from these spellings. */
export const SVG_SPELLING: Readonly<Record<string, string>> = {
  clippath: 'clipPath',
  lineargradient: 'linearGradient',
  radialgradient: 'radialGradient',
  textpath: 'textPath',
};

export const MATH_ELEMENTS = set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom mfenced menclose msub msup msubsup munder',
  'mover munderover mmultiscripts mprescripts mtable mtr mtd mlabeledtr semantics merror',
);

const ATTRIBUTES = set(
  'class id lang dir title alt role colspan rowspan headers scope span start reversed type width height align valign bgcolor',
  'border cellpadding cellspacing datetime open hidden for label size rows cols wrap multiple checked disabled selected color',
  'face nowrap rules frame hspace vspace compact clear abbr min max low high optimum value',
);

const SVG_ATTRIBUTES = set(
  'viewbox preserveaspectratio xmlns d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy points transform offset fill stroke opacity',
  'fill-opacity fill-rule stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit',
  'stroke-opacity clip-path clip-rule mask stop-color stop-opacity text-anchor dominant-baseline alignment-baseline',
  'font-size font-family font-weight font-style letter-spacing rotate pathlength gradientunits gradienttransform',
  'spreadmethod patternunits patterntransform patterncontentunits clippathunits maskunits markerwidth markerheight refx',
  'refy orient markerunits marker-start marker-mid marker-end visibility display overflow color vector-effect',
);

const MATH_ATTRIBUTES = set(
  'mathvariant mathsize mathcolor mathbackground display displaystyle scriptlevel stretchy fence separator lspace rspace',
  'minsize maxsize columnalign rowalign columnspacing rowspacing columnlines rowlines linethickness notation depth xmlns',
);

const SPELLING: Readonly<Record<string, string>> = {
  viewbox: 'viewBox',
  preserveaspectratio: 'preserveAspectRatio',
  gradientunits: 'gradientUnits',
  gradienttransform: 'gradientTransform',
  spreadmethod: 'spreadMethod',
  patternunits: 'patternUnits',
  patterntransform: 'patternTransform',
  patterncontentunits: 'patternContentUnits',
  clippathunits: 'clipPathUnits',
  maskunits: 'maskUnits',
  markerwidth: 'markerWidth',
  markerheight: 'markerHeight',
  markerunits: 'markerUnits',
  refx: 'refX',
  refy: 'refY',
  pathlength: 'pathLength',
};

/** The kind of names that apply to an element. */
export type Markup = 'html' | 'svg' | 'math';

/** The name under which an attribute goes out, or null when it does not. */
export function allowedAttribute(markup: Markup, name: string): string | null {
  if (/^aria-[a-z]+$/.test(name)) return name;
  if (markup === 'html') return ATTRIBUTES.has(name) ? name : null;
  if (ATTRIBUTES.has(name) && name !== 'value' && name !== 'type') return name;
  const known = markup === 'svg' ? SVG_ATTRIBUTES : MATH_ATTRIBUTES;
  return known.has(name) ? (SPELLING[name] ?? name) : null;
}
