import { AccountId, boardView, type CardId, createCard, type Rank, STARTING_COLUMNS, startBoard } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { testId } from '@liasse/core/testing';
import { configure } from '@testing-library/react';
import { Suspense } from 'react';
import { beforeAll } from 'vitest';
import { Route } from 'wouter';
import { Announcer } from '../../kit/index.ts';
import { type MemoryPlatform, TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import { boardFeature } from '../feature.ts';

// The screens are lazy, and the machine that runs the tests may be busy.
configure({ asyncUtilTimeout: 5_000 });
beforeAll(() =>
  Promise.all([import('../BoardScreen.tsx'), import('../DaySection.tsx'), import('../TrashSection.tsx')]),
);

export const room = boardRoom(TEST_TEAM);
export const benoit = AccountId.parse('account-benoit');
export const cardAt = (n: number): CardId => testId<CardId>(100 + n);

/** A started board: `todo` holds *Carte 0, Carte 1…*, `doing` the rest. */
export function seedBoard(
  platform: MemoryPlatform,
  cards: { readonly todo?: number; readonly doing?: number } = {},
): void {
  platform.run(room, startBoard, { titles: { todo: 'À faire', doing: 'En cours', done: 'Fait' } });
  const { todo = 2, doing = 1 } = cards;
  for (let n = 0; n < todo + doing; n++) {
    const columnId = STARTING_COLUMNS[n < todo ? 'todo' : 'doing'];
    platform.run(room, createCard, {
      cardId: cardAt(n),
      title: `Carte ${n}`,
      place: { columnId, rank: `a${n}` as Rank },
    });
  }
}

/** The slice's own route, as the shell lays it, with the live region it speaks in. */
export function renderBoard(options: Parameters<typeof renderApp>[1] = {}) {
  const app = renderApp(
    <Suspense>
      {boardFeature.routes.map(({ path, screen: Screen }) => (
        <Route key={path} path={path}>
          <Screen />
        </Route>
      ))}
      <Announcer />
    </Suspense>,
    { path: '/planning', seed: seedBoard, ...options },
  );
  const board = () =>
    boardView(app.platform.replica(app.platform.session.getSnapshot().current.scope).doc(room)).getSnapshot();
  return {
    ...app,
    board,
    /** The board as a drawing: `À faire: Carte 0, Carte 1`. */
    drawn: () =>
      board().lanes.map(
        ({ column, cards }) => `${column?.title ?? '—'}: ${cards.map(({ title }) => title).join(', ')}`,
      ),
  };
}
