import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { liveDoors } from '../src/capture/forms/liveDoors.ts';
import { makeShotSide, type ShotClock, type ShotSide } from '../src/capture/shot/shotSide.ts';

/** Longer, and the tab is not in front: no image is taken of it then. */
const PATIENCE_MS = 300;

const clock: ShotClock = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  // The second frame begins once the first is drawn.
  drawn: () =>
    new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    }),
};

// As page-content: injected on demand, it leaves this in the extension's own world. One that is there already puts its page back first.
export default defineUnlistedScript({
  globalName: true,
  main: () => {
    const world = globalThis as { liasseShot?: ShotSide };
    world.liasseShot?.leave();
    world.liasseShot = makeShotSide(document, liveDoors, clock);
  },
});
