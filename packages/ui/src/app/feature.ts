import type { LucideIcon } from 'lucide-react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Command } from '../kit/commands/registry.ts';

/**
 * What one slice adds to the app. Slices know nothing of each other: the shell puts their parts side by side.
 * Everything that draws is lazy, so that the first load holds names and icons only.
 */
export interface Feature {
  /** `board`, `dossier`, `meeting`… */
  readonly id: string;
  readonly nav?: NavEntry;
  readonly routes: readonly FeatureRoute[];
  /**
   * A section of Ma journée, drawn inside the open board of one team: `useView` reads the board and its register. With
   * nothing for today it draws nothing; otherwise one `<section>` with its own heading (level 2).
   */
  readonly DaySection?: LazyPart;
  /** A section of the trash, drawn inside the open board of the team, under the same rules. Each line can be restored. */
  readonly TrashSection?: LazyPart;
  /** Commands offered wherever the person is in the team. A hook; called inside the team's open board. */
  readonly useCommands?: () => readonly Command[];
}

/** A component without props, in a chunk of its own. */
type LazyPart = LazyExoticComponent<ComponentType>;

/** An entry of the rail. */
export interface NavEntry {
  /** The entry's words in the language on screen. A hook. */
  readonly useLabel: () => string;
  /** From `lucide-react`, imported by name. */
  readonly icon: LucideIcon;
  /** Without the team: see `paths`. The entry is current on this path and below. */
  readonly path: string;
  readonly place: 'rail' | 'foot';
  /** Ma journée is 0, Planning 10, Dossiers 20, Réunions 30, Recherche 40. */
  readonly order: number;
}

interface FeatureRoute {
  /**
   * Without the team, in wouter's syntax: `/dossiers/:dossierId/piece/:pieceId`. The screen reads its ids with `useParams()`.
   * A screen whose inspector has a URL of its own lists an optional end: `/planning/:rest*`, so that it stays mounted.
   */
  readonly path: string;
  readonly screen: LazyPart;
}
