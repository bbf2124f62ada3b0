/** What the capture writes where something could not be kept: its size, where it had one, and its site. */
export const MISSING_ATTRIBUTE = 'data-liasse-missing';

const LINE = '#76827c';
const GROUND = '#ebeeea';
const TEXT = '#515c57';

/**
 * An image of the size of the one that is missing: under the page's own styles it takes the same place.
 *
 * @param missing - `640x480 cdn.example`, or what an unknown capture wrote there
 */
export function imageStandIn(missing: string): string {
  const [, width = '0', height = '0', site = ''] = /^(\d{1,5})x(\d{1,5}) ?(.*)$/.exec(missing) ?? [];
  const wide = Number(width) || 24;
  const high = Number(height) || 24;
  const words = wide >= 80 && high >= 20 ? label(site, Math.floor(wide / 7)) : '';
  const drawing =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}">` +
    `<rect x=".5" y=".5" width="${wide - 1}" height="${high - 1}" fill="${GROUND}" stroke="${LINE}" stroke-dasharray="4 3"/>` +
    `<text x="${wide / 2}" y="${high / 2}" text-anchor="middle" dominant-baseline="central" font-family="sans-serif" font-size="12" fill="${TEXT}">${words}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`;
}

/** The document of a frame that could not be read. */
export const frameStandIn = (site: string): string =>
  `<!doctype html><style>html{height:100%;color:${TEXT};font:12px/16px sans-serif}` +
  `body{display:grid;place-content:center;height:100%;margin:0;overflow:hidden}</style><body>${label(site, 60)}`;

function label(site: string, most: number): string {
  const short = site.length > most ? `${site.slice(0, Math.max(most - 1, 0))}…` : site;
  return short.replace(/[^\p{L}\p{N}.:\-…]/gu, '');
}
