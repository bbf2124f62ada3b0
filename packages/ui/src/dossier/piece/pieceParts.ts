import type { Piece } from '@liasse/core';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { KeyOf } from '../../kit/index.ts';
import { CitationItem, LegalCitationItem } from '../citation/CitationItems.tsx';
import type { dossierStrings } from '../dossier.strings.ts';
import { EvidenceCard } from '../evidence/EvidenceCard.tsx';
import { ExportItem } from '../evidence/ExportItem.tsx';
import { HighlightsCard } from '../highlights/HighlightsCard.tsx';
import { MoveItem } from '../move/MoveItem.tsx';
import { LegalCard } from './LegalCard.tsx';
import type { PieceProps } from './pieceProps.ts';
import { ReadingPane } from './ReadingPane.tsx';
import { SnapshotPane } from './SnapshotPane.tsx';
import { SourceLink } from './SourceLink.tsx';

/** Words of the ways; none of them takes a value. */
type WayLabel = Extract<
  KeyOf<(typeof dossierStrings)['fr']>,
  'form' | 'reading' | 'snapshot' | 'screenshot' | 'original' | 'versions'
>;

/** One way to look at a piece: its text, its snapshot… The first that it has is shown first. */
export interface PieceWay {
  /** Stands in the address: a way is linked to as `…/piece/<id>?vue=<id>`. */
  readonly id: string;
  readonly label: WayLabel;
  /** `versions`: how many of its work are in the dossier, itself among them. */
  readonly shows: (piece: Piece, versions: number) => boolean;
  /** In a chunk of its own when it is not what most pieces are opened for. */
  readonly Pane: ComponentType<PieceProps> | LazyExoticComponent<ComponentType<PieceProps>>;
}

export const pieceWays: readonly PieceWay[] = [
  {
    id: 'formulaire',
    label: 'form',
    shows: (piece) => piece.hasForm,
    Pane: lazy(() => import('../form/FormPane.tsx')),
  },
  {
    id: 'lecture',
    label: 'reading',
    // Of an image alone there is nothing to read.
    shows: ({ kind, original }) => kind !== 'screenshot' && original?.type.startsWith('image/') !== true,
    Pane: ReadingPane,
  },
  {
    id: 'cliche',
    label: 'snapshot',
    shows: (piece) => piece.snapshot !== null,
    Pane: SnapshotPane,
  },
  {
    id: 'capture',
    label: 'screenshot',
    shows: (piece) => piece.screenshot !== null,
    Pane: lazy(() => import('../files/ScreenshotPane.tsx')),
  },
  {
    id: 'original',
    label: 'original',
    shows: (piece) => piece.original !== null,
    Pane: lazy(() => import('../files/OriginalPane.tsx')),
  },
  {
    id: 'versions',
    label: 'versions',
    shows: (_piece, versions) => versions > 1,
    Pane: lazy(() => import('../compare/VersionsPane.tsx')),
  },
];

/** A card beside the piece, that lets one cite or check it. It draws nothing where it has nothing to say. */
export const pieceCards: readonly { readonly id: string; readonly Card: ComponentType<PieceProps> }[] = [
  { id: 'highlights', Card: HighlightsCard },
  { id: 'source', Card: SourceLink },
  { id: 'legal', Card: LegalCard },
  { id: 'evidence', Card: EvidenceCard },
];

/** Items of the menu that stands on the piece's screen and on its line of the bordereau, apart from those of its place there. */
export const pieceMenuItems: readonly { readonly id: string; readonly Item: ComponentType<PieceProps> }[] = [
  { id: 'legal-citation', Item: LegalCitationItem },
  { id: 'citation', Item: CitationItem },
  { id: 'export', Item: ExportItem },
  { id: 'move-across', Item: MoveItem },
];
