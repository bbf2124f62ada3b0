import { boardFeature } from '../board/feature.ts';
import { dossierFeature } from '../dossier/dossierFeature.ts';
import { meetingFeature } from '../meeting/feature.ts';
import type { Feature } from './feature.ts';

/** The app's slices, one line each. */
export const features: readonly Feature[] = [boardFeature, dossierFeature, meetingFeature];
