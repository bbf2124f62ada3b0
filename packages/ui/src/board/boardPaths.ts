import { CardId } from '@liasse/core';
import { useRoute } from 'wouter';
import { paths } from '../app/paths.ts';

/** The board's own places, beside those that other slices lead to (`paths.board`, `paths.card`). */
export const boardPaths = {
  /** The board, with the field of a new card open in its first column. */
  newCard: `${paths.board}/nouvelle-carte`,
} as const;

/** The card named by the address, or null. An address that names none is the board's. */
export function useCardOnScreen(): CardId | null {
  const [, params] = useRoute(`${paths.board}/carte/:cardId`);
  const parsed = CardId.safeParse(params?.cardId);
  return parsed.success ? parsed.data : null;
}
