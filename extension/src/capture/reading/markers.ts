/** `(1)`, `a)`, `iv.`, `1°`, `2° bis`, `I. –`, `1.2.3`: how numbered provisions are marked. */
const NUMBER = String.raw`(?:\d{1,4}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,6}|aa|bb|cc|dd|ee|ff|gg|hh)(?:[ \u00a0](?:bis|ter|quater))?`;
const STOP = String.raw`(?:[).]|°(?:[ \u00a0](?:bis|ter|quater))?\)?)`;
const MARKER = new RegExp(String.raw`^(?:\(${NUMBER}\)|${NUMBER}[ \u00a0]?${STOP}(?:[ \u00a0]?[-–—])?)$`, 'u');
const BULLET = /^[-–—•·▪‣*]$/u;
/** An item that says its own number at the start of its text. */
const OWN = new RegExp(String.raw`^(\(${NUMBER}\)|${NUMBER}${STOP})[ \u00a0]+(?=\S)`, 'u');

/** Whether a text is nothing but the number of what follows it. */
export const isMarker = (text: string): boolean => text.length <= 20 && MARKER.test(text);

/** Whether a text is nothing but the dash or the dot before what follows it. */
export const isBullet = (text: string): boolean => BULLET.test(text);

/** The number an item says itself, which its list would only say again; null when it says none. */
export function ownMarker(text: string): { readonly marker: string; readonly rest: string } | null {
  const match = OWN.exec(text);
  return match === null ? null : { marker: match[1] as string, rest: text.slice(match[0].length) };
}
