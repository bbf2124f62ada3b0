import type { Device } from '@liasse/core/protocol';

// The first that matches: every browser also claims to be the ones it descends from.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Reads what a device says of itself; nothing but these few names is kept of it. */
export function deviceOf(userAgent: string, kind: Device['kind'], name: string | null = null): Device {
  const first = (of: typeof BROWSERS) => of.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  return { kind, browser: first(BROWSERS), system: first(SYSTEMS), name };
}
