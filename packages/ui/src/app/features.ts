import { boardFeature } from '../board/feature.ts';
import { dossierFeature } from '../dossier/dossierFeature.ts';
import { draftFeature } from '../draft/draftFeature.ts';
import { meetingFeature } from '../meeting/feature.ts';
import { searchFeature } from '../search/feature.ts';
import { versionsFeature } from '../versions/versionsFeature.ts';
import type { Feature } from './feature.ts';

/** The app's slices, one line each, in the order of their sections on Ma journée. Versions first: their addresses lie below those of others. */
export const features: readonly Feature[] = [
  versionsFeature,
  boardFeature,
  meetingFeature,
  dossierFeature,
  searchFeature,
  draftFeature,
];
