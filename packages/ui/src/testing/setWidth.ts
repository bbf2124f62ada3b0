import { onTestFinished } from 'vitest';

/** Gives the window a width, as media queries see it, until the test is over. */
export function setWidth(px: number): void {
  window.matchMedia = (query) =>
    ({
      matches: px >= Number(/\d+/.exec(query)?.[0]),
      media: query,
      addEventListener: () => {},
      removeEventListener: () => {},
    }) as unknown as MediaQueryList;
  onTestFinished(() => void Reflect.deleteProperty(window, 'matchMedia'));
}
