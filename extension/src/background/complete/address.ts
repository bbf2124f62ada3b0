/** Networks that are nobody's on the Internet: this machine, its neighbours, an office's own. */
const PRIVATE_V4: readonly (readonly [start: number, bits: number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0xe0000000, 3],
];

/**
 * Whether something may be fetched for a page from outside of it [C32]. What a page names is the page's word: it must not make the
 * extension, which stands inside the office's network, knock at doors there. Where the page itself was on that very host, it could
 * have asked by itself. A public name that leads to a private address cannot be told from here.
 *
 * @param page - the address of the page
 */
export function mayFetch(url: string, page: string): boolean {
  const wanted = parsed(url);
  const from = parsed(page);
  if (wanted === null || !/^https?:$/.test(wanted.protocol) || wanted.username !== '' || wanted.password !== '')
    return false;
  return !isPrivateHost(wanted.hostname) || (from !== null && from.hostname === wanted.hostname);
}

/** @param hostname - as `URL` writes it: numbers of any base are four decimal ones there */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1));
  const v4 = v4Of(host);
  if (v4 !== null) return PRIVATE_V4.some(([start, bits]) => v4 >>> (32 - bits) === start >>> (32 - bits));
  // A name without a dot is a neighbour's; the others are kept for networks of one's own.
  return (
    !host.includes('.') ||
    /\.(?:localhost|local|localdomain|lan|home|corp|intranet|internal|private|home\.arpa)$/.test(host)
  );
}

function isPrivateV6(host: string): boolean {
  const mapped = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped !== null) return true;
  return host === '::' || host === '::1' || /^(?:f[cdef]|64:ff9b:|2002:)/.test(host);
}

function v4Of(host: string): number | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return null;
  return host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function parsed(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
