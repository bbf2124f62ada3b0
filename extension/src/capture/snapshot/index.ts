import { queryAll, titleOf } from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import { MissingCount } from '../missing.ts';
import { type ReadBytes, readImages } from './images.ts';
import { escapeText } from './markup.ts';
import { rootAttributes, serializeBody } from './serialize.ts';
import { readStyles } from './styles.ts';

/** Where the file is opened outside of the app, this still keeps it from loading or running anything. */
const POLICY =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; font-src data:; ' +
  "style-src 'unsafe-inline'; form-action 'none'\">";

const OWN_STYLE =
  '.liasse-missing{display:inline-block;box-sizing:border-box;max-width:100%;min-height:1.5em;overflow:hidden;padding:2px 6px;' +
  'border:1px dashed #76827c;color:#515c57;background:#ebeeea;font:12px/16px sans-serif}' +
  '.liasse-field{min-height:3em;border:1px solid #76827c}';

/**
 * A page as one inert, self-contained HTML file: no script, no handler, no address that would load. Links keep theirs in
 * `data-href`. What fields hold is left out. A page too large loses its images, then its styles, then its end, and says so.
 *
 * @param options.base - the page's address, that relative ones are relative to
 */
export async function takeSnapshot(
  document: Document,
  options: { base: string; read: ReadBytes; signal: AbortSignal; missing: MissingCount },
): Promise<string> {
  const { missing } = options;
  const [imageOf, styles] = await Promise.all([readImages(document, options), readStyles(document, options)]);
  const head = (css: string) =>
    `<!DOCTYPE html><html${rootAttributes(document)}><head><meta charset="utf-8">${POLICY}` +
    `<title>${escapeText(titleOf(document))}</title>${css}<style>${OWN_STYLE}</style></head>`;

  const whole = serialize(CaptureLimits.snapshotCharacters - styles.length, imageOf);
  if (whole.whole) {
    missing.addAll(whole.missing);
    return `${head(styles)}${whole.html}</html>`;
  }
  const bare = serialize(CaptureLimits.snapshotCharacters, () => null);
  missing.addAll(bare.missing);
  missing.add('style', null);
  missing.add('image', null, queryAll(document, 'img').length || 1);
  if (!bare.whole) missing.add('text', null);
  return `${head('')}${bare.html}</html>`;

  function serialize(limit: number, imagesOf: (image: Element) => string | null) {
    const counted = new MissingCount();
    const body = serializeBody(document, { base: options.base, imageOf: imagesOf, missing: counted, limit });
    return { ...body, missing: counted };
  }
}
