import { itemBody, scheduleMeeting, trashedAgendaView } from '@liasse/core';
import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { paths } from '../app/paths.ts';
import { makeMemoryPlatform, testWorkspace } from '../testing/memoryPlatform.ts';
import '../text/testing/layout.ts';
import {
  agenda,
  docOf,
  focused,
  itemAt,
  meetingId,
  open,
  readScreens,
  room,
  shownTitles,
  user,
  withMeeting,
} from './testing/meetingPage.tsx';

beforeAll(readScreens);

describe('the agenda', () => {
  test('takes items one after the other with Enter', async () => {
    const { platform } = open(paths.meeting(meetingId), withMeeting([]));
    const field = await screen.findByRole('textbox', { name: 'Ajouter un point' });
    await user.type(field, 'Ouverture{Enter}Crédits{Enter}{Enter}');
    expect(shownTitles()).toEqual(['Ouverture', 'Crédits']);
    expect(document.activeElement).toBe(field);
    expect(agenda(platform)).toMatchObject([{ minutes: 10, kind: 'discussion' }, {}]);
  });

  test('shows each item’s hours, and by how much it is late once an end is known', async () => {
    const platform = withMeeting(['Un', 'Deux']);
    open(paths.meeting(meetingId), platform);
    expect(
      (await screen.findAllByRole('listitem')).map((item) => /1\d.h.\d\d – 1\d.h.\d\d/.exec(item.textContent)?.[0]),
    ).toEqual(['14\u00a0h\u00a000 – 14\u00a0h\u00a010', '14\u00a0h\u00a010 – 14\u00a0h\u00a020']);
    expect(screen.queryByText(/dépasse/i)).toBeNull();
    act(() => {
      platform.run(room, scheduleMeeting, { when: { day: '2026-11-23', startTime: '14:00', endTime: '14:15' } });
    });
    expect(screen.getByText('Dépasse de 5 min')).toBeTruthy();
    expect(screen.getByText(/L’ordre du jour dépasse de 5/)).toBeTruthy();
  });

  test('moves an item by the keys of its grip, which keeps the focus', async () => {
    open(paths.meeting(meetingId), withMeeting(['Un', 'Deux', 'Trois']));
    const grip = await screen.findByRole('button', { name: 'Déplacer le point 1' });
    act(() => grip.focus());
    await user.keyboard('{ArrowDown}');
    expect(shownTitles()).toEqual(['Deux', 'Un', 'Trois']);
    expect(focused()).toBe('Déplacer le point 2');
    await user.keyboard('{End}');
    expect(shownTitles()).toEqual(['Deux', 'Trois', 'Un']);
    await user.keyboard('{ArrowDown}{Home}');
    expect(shownTitles()).toEqual(['Un', 'Deux', 'Trois']);
    expect(focused()).toBe('Déplacer le point 1');
    expect(grip.getAttribute('aria-describedby')).toBeTruthy();
  });

  test('moves an item by its menu', async () => {
    open(paths.meeting(meetingId), withMeeting(['Un', 'Deux', 'Trois']));
    const trigger = await screen.findByRole('button', { name: 'Actions sur le point 3' });
    act(() => trigger.focus());
    await user.keyboard('{Enter}{ArrowRight}');
    await user.click(await screen.findByRole('menuitem', { name: 'En tête' }));
    await waitFor(() => expect(shownTitles()).toEqual(['Trois', 'Un', 'Deux']));
  });

  test('takes an item off with an undo, keeps it below, and moves the focus on', async () => {
    const { platform, toasts } = open(paths.meeting(meetingId), withMeeting(['Un', 'Deux']));
    await user.click(await screen.findByRole('button', { name: 'Actions sur le point 1' }));
    await user.click(screen.getByRole('menuitem', { name: 'Retirer de l’ordre du jour' }));
    expect(shownTitles()).toEqual(['Deux']);
    await waitFor(() => expect(focused()).toBe('Déplacer le point 1'));
    expect(trashedAgendaView(docOf(platform, room)).getSnapshot().items).toHaveLength(1);
    expect(screen.getByText('1 point retiré')).toBeTruthy();
    act(() => toasts().at(-1)?.undo?.());
    expect(shownTitles()).toEqual(['Un', 'Deux']);
  });

  test('reads texts without their editors, and mounts one when its item is opened', async () => {
    const platform = withMeeting(['Un', 'Deux']);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('Contexte du point')]);
    itemBody(docOf(platform, room), itemAt(0))?.insert(0, [paragraph]);
    open(paths.meeting(meetingId), platform);
    expect(await screen.findByText('Contexte du point')).toBeTruthy();
    expect(document.querySelector('.ProseMirror')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ouvrir le point 1' }));
    const text = await screen.findByRole('textbox', { name: 'Texte du point 1' });
    expect(text.textContent).toBe('Contexte du point');
    expect(document.querySelectorAll('.ProseMirror')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Replier le point 1' }));
    expect(document.querySelector('.ProseMirror')).toBeNull();
  });

  test('changes an open item’s facts, each as one operation', async () => {
    const { platform } = open(paths.meeting(meetingId), withMeeting(['Un']));
    await user.click(await screen.findByRole('button', { name: 'Ouvrir le point 1' }));
    await user.type(screen.getByRole('textbox', { name: 'Rapporteur' }), 'Mme B. (DAF){Enter}');
    await user.click(screen.getByRole('button', { name: /Information|Échange/ }));
    await user.click(screen.getByRole('option', { name: 'Visa' }));
    const minutes = screen.getByRole('textbox', { name: 'Durée en minutes' });
    await user.clear(minutes);
    await user.type(minutes, '25{Enter}');
    expect(agenda(platform)).toMatchObject([{ rapporteur: 'Mme B. (DAF)', kind: 'approval', minutes: 25 }]);
  });

  test('counts what this version cannot read', async () => {
    const platform = withMeeting(['Un']);
    docOf(platform, room).getMap('items').set(itemAt(9), 'no record');
    open(paths.meeting(meetingId), platform);
    expect(await screen.findByText(/1 point vient d’une version plus récente/)).toBeTruthy();
  });

  test('shows a reader everything and changes nothing', async () => {
    const workspace = testWorkspace({ team: { role: 'reader' } });
    open(paths.meeting(meetingId), withMeeting(['Un'], makeMemoryPlatform({ workspaces: [workspace] })));
    expect(await screen.findByText(/lundi 23 novembre 2026, 14 h 00/)).toBeTruthy();
    expect(shownTitles()).toEqual(['Un']);
    const section = screen.getByRole('region', { name: 'Ordre du jour' });
    expect(within(section).queryAllByRole('button')).toEqual([]);
    expect(within(section).queryAllByRole('textbox')).toEqual([]);
  });
});
