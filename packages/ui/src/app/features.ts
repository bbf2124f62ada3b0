import type { Feature } from './feature.ts';

/** The app's slices, one line each. */
export const features: readonly Feature[] = [];
