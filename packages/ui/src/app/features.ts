import { boardFeature } from '../board/feature.ts';
import { dossierFeature } from '../dossier/dossierFeature.ts';
import { meetingFeature } from '../meeting/feature.ts';
import { searchFeature } from '../search/feature.ts';
import type { Feature } from './feature.ts';

/** The app's slices, one line each, in the order of their sections on Ma journée. */
export const features: readonly Feature[] = [boardFeature, meetingFeature, dossierFeature, searchFeature];
