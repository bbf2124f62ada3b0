import { type MeetingId, meetingView, registerMeeting, setMeetingPlace, trashMeeting } from '@liasse/core';
import { testId } from '@liasse/core/testing';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../app/paths.ts';
import { stepBack } from '../app/undo.ts';
import { makeMemoryPlatform } from '../testing/memoryPlatform.ts';
import { setWidth } from '../testing/setWidth.ts';
import '../text/testing/layout.ts';
import { board, docOf, listed, meetingId, open, readScreens, room, user, withMeeting } from './testing/meetingPage.tsx';

beforeAll(readScreens);

describe('the list of meetings', () => {
  test('says what to do when it is empty, makes a meeting in place and opens it', async () => {
    const { platform, path } = open(paths.meetings);
    expect(await screen.findByText('Aucune réunion pour l’instant. Donnez un titre à la première.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Créer la réunion' }));
    expect(screen.getByText('Donnez un titre à la réunion.')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Nouvelle réunion' }), 'CAP de novembre{Enter}');
    await waitFor(() => expect(listed(platform)).toMatchObject([{ title: 'CAP de novembre', when: null }]));
    await waitFor(() => expect(path()).toBe(`/reunions/${listed(platform)[0]?.id}`));
    expect(await screen.findByRole('heading', { level: 1, name: /CAP de novembre/ })).toBeTruthy();
  });

  test('puts those to come first and those past after, the latest first', async () => {
    const platform = makeMemoryPlatform();
    [
      ['Hier', '2026-11-22'],
      ['Demain', '2026-11-24'],
      ['Aujourd’hui', '2026-11-23'],
      ['Il y a un an', '2025-11-23'],
    ].forEach(([title = '', day = ''], n) => {
      const when = { day, startTime: null };
      platform.run(board, registerMeeting, { meetingId: testId<MeetingId>(n), title, when });
    });
    open(paths.meetings, platform);
    const lists = await screen.findAllByRole('list');
    const titles = lists.map((list) =>
      within(list)
        .getAllByRole('link')
        .map((link) => link.textContent),
    );
    expect(titles).toEqual([
      ['Aujourd’hui', 'Demain'],
      ['Hier', 'Il y a un an'],
    ]);
  });

  test('renames in place, and trashes with an undo, in the meeting’s document and in the list at once', async () => {
    const platform = withMeeting([]);
    const { toasts } = open(paths.meetings, platform);
    await user.click(await screen.findByRole('button', { name: /Actions sur .*Comité budgétaire/ }));
    await user.click(screen.getByRole('menuitem', { name: 'Renommer' }));
    await screen.findByRole('textbox', { name: 'Titre de la réunion' });
    await user.keyboard('Revue budgétaire{Enter}');
    await waitFor(() => expect(listed(platform)).toMatchObject([{ title: 'Revue budgétaire' }]));
    expect(meetingView(docOf(platform, room)).getSnapshot()).toMatchObject({ meeting: { title: 'Revue budgétaire' } });

    await user.click(screen.getByRole('button', { name: /Actions sur .*Revue budgétaire/ }));
    await user.click(screen.getByRole('menuitem', { name: 'Placer dans la corbeille' }));
    await waitFor(() => expect(listed(platform)).toEqual([]));
    const [toast] = toasts();
    expect(toast?.message).toBe('Réunion placée dans la corbeille.');
    act(() => toast?.undo?.());
    await waitFor(() => expect(listed(platform)).toHaveLength(1));
  });
});

describe('a meeting', () => {
  test('says when it is not here yet, and shows itself as soon as it arrives', async () => {
    const { platform } = open(paths.meeting(meetingId));
    expect(await screen.findByText('Cette réunion n’est pas encore arrivée sur cet appareil.')).toBeTruthy();
    act(() => void withMeeting(['Ouverture'], platform));
    expect(await screen.findByRole('heading', { level: 1, name: /Comité budgétaire/ })).toBeTruthy();
  });

  test('an address that is no meeting is refused in words', async () => {
    open('/reunions/nothing');
    expect(await screen.findByText(/n’existe plus/)).toBeTruthy();
  });

  test('its title, time and place are changed in place; the list follows, also when that is taken back', async () => {
    const platform = withMeeting([]);
    open(paths.meeting(meetingId), platform);
    fireEvent.change(await screen.findByLabelText('Début'), { target: { value: '09:30' } });
    fireEvent.blur(screen.getByLabelText('Début'));
    await waitFor(() => expect(listed(platform)[0]?.when).toEqual({ day: '2026-11-23', startTime: '09:30' }));
    await user.type(screen.getByRole('textbox', { name: 'Lieu' }), 'Salle 3{Enter}');
    expect(meetingView(docOf(platform, room)).getSnapshot()).toMatchObject({ meeting: { place: 'Salle 3' } });
    act(() => void stepBack('undo'));
    act(() => void stepBack('undo'));
    await waitFor(() => expect(listed(platform)[0]?.when).toEqual({ day: '2026-11-23', startTime: '14:00' }));
  });

  test('on a narrow screen the agenda comes first: day, hours and place are a sentence, whose button shows the fields', async () => {
    setWidth(320);
    const platform = withMeeting([]);
    platform.run(room, setMeetingPlace, { place: 'Salle 3' });
    open(paths.meeting(meetingId), platform);
    expect(await screen.findByText('lundi 23 novembre 2026, 14 h 00, Salle 3')).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: 'Lieu' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Modifier la date et le lieu', expanded: false }));
    const place = screen.getByRole('textbox', { name: 'Lieu' });
    await user.clear(place);
    await user.type(place, 'Salle 4{Enter}');
    await user.click(screen.getByRole('button', { name: 'Replier la date et le lieu', expanded: true }));
    expect(screen.getByText(/Salle 4$/)).toBeTruthy();
  });

  test('in the trash it says so, and can be restored from there', async () => {
    const platform = withMeeting([]);
    platform.run(room, trashMeeting, {});
    open(paths.meeting(meetingId), platform);
    expect(await screen.findByText(/dans la corbeille/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restaurer' }));
    expect(screen.queryByText(/dans la corbeille/)).toBeNull();
  });
});

describe('beside the meetings', () => {
  test('Ma journée shows today’s meetings, and nothing when there is none', async () => {
    const platform = withMeeting([]);
    const { unmount } = open('/', platform);
    const section = await screen.findByRole('region', { name: 'Réunions du jour' });
    expect(within(section).getByRole('link').textContent).toBe('Comité budgétaire');
    unmount();
    open('/');
    await act(async () => {});
    expect(screen.queryByRole('heading')).toBeNull();
  });
});
