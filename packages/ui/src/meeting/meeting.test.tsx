import {
  type AgendaItemId,
  addItem,
  agendaView,
  createMeeting,
  itemBody,
  type MeetingId,
  meetingRegisterView,
  meetingView,
  type Rank,
  registerMeeting,
  scheduleMeeting,
  setMeetingPlace,
  trashedAgendaView,
  trashMeeting,
} from '@liasse/core';
import { boardRoom, meetingRoom } from '@liasse/core/protocol';
import { testId } from '@liasse/core/testing';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { beforeAll, describe, expect, test } from 'vitest';
import { Route, Switch } from 'wouter';
import * as Y from 'yjs';
import { paths } from '../app/paths.ts';
import { Room } from '../app/room.tsx';
import { stepBack } from '../app/undo.ts';
import { type MemoryPlatform, makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { setWidth } from '../testing/setWidth.ts';
import '../text/testing/layout.ts';
import { meetingFeature } from './feature.ts';

const board = boardRoom(TEST_TEAM);
const meetingId = testId<MeetingId>(10);
const room = meetingRoom(TEST_TEAM, meetingId);
const itemAt = (n: number) => testId<AgendaItemId>(100 + n);
const user = userEvent.setup();

// Lazy parts, read once: under load their first reading outlasts what a query waits for.
beforeAll(() =>
  Promise.all([import('./MeetingsScreen.tsx'), import('./MeetingScreen.tsx'), import('../text/Editor.tsx')]),
);

/** The slice's screens behind their addresses, as the shell mounts them. */
function open(path: string, platform: MemoryPlatform = makeMemoryPlatform()) {
  const { routes, DaySection, TrashSection } = meetingFeature;
  return renderApp(
    <Suspense>
      <Switch>
        {routes.map(({ path: at, screen: Screen }) => (
          <Route key={at} path={at}>
            <Screen />
          </Route>
        ))}
        <Route>
          <Room name={board}>
            {DaySection && <DaySection />}
            {TrashSection && <TrashSection />}
          </Room>
        </Route>
      </Switch>
    </Suspense>,
    { path, platform },
  );
}

/** A meeting on 23 November at 14 h with the titles as its agenda, ten minutes each. */
function withMeeting(titles: readonly string[], platform = makeMemoryPlatform()): MemoryPlatform {
  const when = { day: '2026-11-23', startTime: '14:00', endTime: null };
  platform.run(room, createMeeting, { meetingId, title: 'Comité budgétaire', when });
  platform.run(board, registerMeeting, { meetingId, title: 'Comité budgétaire', when });
  titles.forEach((title, n) => {
    const rank = `a${n}` as Rank;
    platform.run(room, addItem, { itemId: itemAt(n), rank, title, kind: 'discussion', minutes: 10 });
  });
  return platform;
}

const docOf = (platform: MemoryPlatform, name: typeof room) =>
  platform.replica(platform.session.getSnapshot().current.scope).doc(name);
const agenda = (platform: MemoryPlatform) => agendaView(docOf(platform, room)).getSnapshot().items;
const listed = (platform: MemoryPlatform) => meetingRegisterView(docOf(platform, board)).getSnapshot().items;
const shownTitles = () => screen.queryAllByRole('heading', { level: 3 }).map((heading) => heading.textContent);
const focused = () => document.activeElement?.getAttribute('aria-label');

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
