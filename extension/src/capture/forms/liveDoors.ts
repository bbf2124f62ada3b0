import { nameOf } from '../dom.ts';
import { shadowTreeOf } from '../snapshot/engine.ts';
import type { PageDoors } from './findControls.ts';

/** The trees that the snapshot sees: what is judged secret must be looked for wherever something is copied from. */
export const liveDoors: PageDoors = { shadowOf: (element) => shadowTreeOf(element, nameOf(element)) };
