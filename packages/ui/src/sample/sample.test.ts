import {
  agendaView,
  boardView,
  cardsView,
  dayAt,
  dossierRegisterView,
  meetingRegisterView,
  piecesView,
} from '@liasse/core';
import { boardRoom, dossierRoom, meetingRoom } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { addSample } from '../app/addSample.ts';
import { makeMemoryPlatform, TEST_NOW } from '../testing/memoryPlatform.ts';

test('the sample team has a day to look at: dossiers with pieces, a full board, a meeting this afternoon', async () => {
  const platform = makeMemoryPlatform();
  await addSample(platform);
  const { current } = platform.session.getSnapshot();
  expect(current.sample).toBe(true);
  const doc = (room: Parameters<typeof replica.doc>[0]) => replica.doc(room);
  const replica = platform.replica(current.scope);
  const board = doc(boardRoom(current.team.id));
  const today = dayAt(TEST_NOW);

  const dossiers = dossierRegisterView(board).getSnapshot().items;
  expect(dossiers).toHaveLength(2);
  for (const { id } of dossiers) {
    expect(piecesView(doc(dossierRoom(current.team.id, id))).getSnapshot().items.length).toBeGreaterThan(0);
  }
  const cards = cardsView(board).getSnapshot().items;
  expect(cards.some(({ due }) => due !== null && due < today)).toBe(true);
  expect(cards.some(({ due }) => due === today)).toBe(true);
  expect(cards.some(({ blocked }) => blocked !== null)).toBe(true);
  expect(
    boardView(board)
      .getSnapshot()
      .lanes.every((lane) => lane.cards.length > 0),
  ).toBe(true);

  const [committee] = meetingRegisterView(board).getSnapshot().items;
  expect(committee?.when).toEqual({ day: today, startTime: '14:00' });
  if (!committee) throw new Error('no meeting');
  expect(agendaView(doc(meetingRoom(current.team.id, committee.id))).getSnapshot().items).toHaveLength(4);
});

test('a sample that fails leaves nothing behind', async () => {
  const platform = makeMemoryPlatform();
  const own = platform.session.getSnapshot().current;
  const made = platform.addSample('x');
  platform.chooseWorkspace(own.team.id);
  platform.replica(made.scope).broken.add(boardRoom(made.team.id));
  await expect(addSample(platform)).rejects.toThrow();
  expect(platform.session.getSnapshot().workspaces).toEqual([own]);
});
