import { agendaView, boardView, type Doc, itemBody, type MeetingId, notesView } from '@liasse/core';
import { boardRoom, dossierRoom, meetingRoom } from '@liasse/core/protocol';
import { expect, type Page } from '@playwright/test';
import { Wire } from '../../e2e/harness/index.ts';
import { addItem, chip, go, newMeeting, notes, onServer } from '../../e2e/harness/people.ts';
import { type BenchOptions, median, type Row, range } from '../bench.ts';
import { COMMON, playMinutes, type Written, writeCard } from './minutes.ts';
import { type Moment, type Sight, watch } from './sight.ts';
import { type Team, withTeam } from './team.ts';

interface Meeting {
  /** Ms from the network's return until both boards show all cards, and until both chips say that the server has all. */
  readonly boardsMs: number;
  readonly chipsMs: number;
  /** How many edits waited on both sides together, as the chips said. */
  readonly edits: number;
}

const bothMs = ({ boardsMs, chipsMs }: Meeting) => Math.max(boardsMs, chipsMs);

/** Two people write offline for some minutes; then the network is back. Throws when anything is lost. */
export async function parted({ quick, full, log }: BenchOptions): Promise<readonly Row[]> {
  const minutes = quick ? 1 : 5;
  const runs = quick || full ? 1 : 5;
  const meetings: Meeting[] = [];
  const floors: Meeting[] = [];
  let said = '';
  for (let run = 1; run <= runs; run += 1) {
    const wire = await Wire.to(0);
    try {
      const { meeting, floor, written } = await withTeam((team) => once({ ...team, wire }, { minutes, atPace: full }), {
        wire,
      });
      meetings.push(meeting);
      floors.push(floor);
      said = summary(written);
      log(`  ${run}/${runs}: ${JSON.stringify(meeting)}, one card each: ${Math.round(bothMs(floor))} ms`);
    } finally {
      await wire.close();
    }
  }
  const all = meetings.map(bothMs);
  const mean = (figures: readonly number[]) => Math.round(median(figures));
  return [
    {
      what: `two people offline for ${minutes} scripted minute${minutes > 1 ? 's' : ''}, network back to both boards equal and both chips “sur le serveur”`,
      unit: 'ms',
      ours: median(all),
      peers: { 'one card each (floor)': median(floors.map(bothMs)) },
      note:
        `${mean(meetings.map(({ edits }) => edits))} edits waited; each person: ${said}, ${full ? 'at a person’s pace' : 'without the pauses of a person'}; ` +
        `boards ${mean(meetings.map(({ boardsMs }) => boardsMs))}, chips ${mean(meetings.map(({ chipsMs }) => chipsMs))}; ` +
        `${runs === 1 ? 'once' : `median of ${runs}, ${range(all)}`}; nothing lost; other servers come with the sync bench`,
    },
  ];
}

type Parted = Team & { readonly wire: Wire };

async function once(
  team: Parted,
  { minutes, atPace }: { minutes: number; atPace: boolean },
): Promise<{ meeting: Meeting; floor: Meeting; written: Written }> {
  const { amira, benoit, camille } = team;
  const dossier = await camille.makeDossier(COMMON.dossier, 5);
  await go(amira, 'Planning');
  await amira.getByRole('button', { name: 'Commencer le tableau' }).click();
  await newMeeting(amira, COMMON.meeting);
  await addItem(amira, COMMON.item);
  const meetingId = /reunions\/([^/?]+)/.exec(amira.url())?.[1] as MeetingId;
  for (const page of [amira, benoit]) await visitEverything(page);

  await part(team);
  const single = await Promise.all([
    writeCard(amira, 'Carte seule d’Amira'),
    writeCard(benoit, 'Carte seule de Benoît'),
  ]);
  const floor = await meet(team, single);

  await part(team);
  const [byAmira, byBenoit] = await Promise.all([
    playMinutes(amira, 'Amira', { minutes, atPace }),
    playMinutes(benoit, 'Benoît', { minutes, atPace }),
  ]);
  const meeting = await meet(team, [...byAmira.cards, ...byBenoit.cards]);

  const cards = [...single, ...byAmira.cards, ...byBenoit.cards];
  const expected = { ...both(byAmira, byBenoit), cards };
  expectSame('cards on the server', await camille.read(boardRoom(camille.team), cardsIn), cards);
  expectSame('notes on the server', await camille.read(dossierRoom(camille.team, dossier), notesIn), expected.notes);
  const agenda = await camille.read(meetingRoom(camille.team, meetingId), agendaIn);
  expectSame('items on the server', agenda.items, [COMMON.item, ...expected.items]);
  expectSame('sentences on the server', found(agenda.text, expected.sentences), expected.sentences);
  for (const [page, who] of [
    [amira, 'Amira'],
    [benoit, 'Benoît'],
  ] as const) {
    await expectSeen(page, who, expected);
  }
  return { meeting, floor, written: byAmira };
}

async function visitEverything(page: Page): Promise<void> {
  await go(page, 'Réunions');
  await page.getByRole('link', { name: new RegExp(COMMON.meeting) }).click();
  await expect(page.getByRole('main').getByText(COMMON.item).first()).toBeVisible();
  await go(page, 'Dossiers');
  await page.getByRole('link', { name: COMMON.dossier }).click();
  await expect(page.getByRole('main').getByRole('row').first()).toBeVisible();
  await notes(page).click();
  await go(page, 'Planning');
  await onServer(page);
}

/** The network goes: connections break, and the browsers know it. */
async function part({ wire, amira, benoit, amiraProfile, benoitProfile }: Parted): Promise<void> {
  wire.cut();
  for (const { context } of [amiraProfile, benoitProfile]) await context.setOffline(true);
  for (const page of [amira, benoit]) await expect(chip(page)).toHaveText(/Hors ligne/, { timeout: 30_000 });
}

/** The network is back. */
async function meet(
  { wire, amira, benoit, amiraProfile, benoitProfile }: Parted,
  cards: readonly string[],
): Promise<Meeting> {
  const pages = [amira, benoit];
  let edits = 0;
  for (const page of pages) {
    await go(page, 'Planning');
    await expect(chip(page)).toHaveText(/Hors ligne.*\d/);
    edits += Number(/(\d+) modif/.exec((await chip(page).textContent()) ?? '')?.[1]);
  }
  const boards = await watchAll(pages, { selector: 'main [role=row]', texts: cards });
  const chips = await watchAll(pages, { selector: 'header button', texts: ['Enregistré sur le serveur'] });
  const from = Date.now();
  wire.mend();
  await Promise.all([amiraProfile, benoitProfile].map(({ context }) => context.setOffline(false)));
  return { boardsMs: (await last(boards)) - from, chipsMs: (await last(chips)) - from, edits };
}

const watchAll = (pages: readonly Page[], sight: Sight): Promise<readonly Moment[]> =>
  Promise.all(pages.map((page) => watch(page, sight)));

const last = async (moments: readonly Moment[]): Promise<number> =>
  Math.max(...(await Promise.all(moments.map((moment) => moment()))));

const both = (one: Written, other: Written) => ({
  sentences: [...one.sentences, ...other.sentences],
  items: [...one.items, ...other.items],
  notes: [...one.notes, ...other.notes],
});

const summary = ({ cards, renamings, sentences, items, notes }: Written): string =>
  `${cards.length} cards added, ${renamings} renamed, ${sentences.length} sentences ` +
  `(${sentences.join(' ').length + 1} keys) typed into one item that both write in, items added ${items.length}, notes ${notes.length}`;

const cardsIn = (doc: Doc) =>
  boardView(doc)
    .getSnapshot()
    .lanes.flatMap(({ cards }) => cards.map(({ title }) => title));
const notesIn = (doc: Doc) =>
  notesView(doc)
    .getSnapshot()
    .items.map(({ title }) => title);
const agendaIn = (doc: Doc) => {
  const { items } = agendaView(doc).getSnapshot();
  return {
    items: items.map(({ title }) => title),
    text: items.map(({ id }) => itemBody(doc, id)?.toString() ?? '').join(' '),
  };
};

const found = (text: string, sentences: readonly string[]) => sentences.filter((sentence) => text.includes(sentence));

/** @throws when anything is missing, doubled or of nobody */
function expectSame(what: string, seen: readonly string[], expected: readonly string[]): void {
  const [a, b] = [[...seen].sort(), [...expected].sort()];
  if (a.length === b.length && a.every((each, index) => each === b[index])) return;
  const missing = expected.filter((each) => !seen.includes(each));
  throw new Error(`LOST: ${what}: ${seen.length} of ${expected.length}; missing: ${missing.join(' | ') || 'none'}`);
}

/** Looks for everything where a person would. */
async function expectSeen(page: Page, who: string, expected: Omit<Written, 'renamings'>): Promise<void> {
  const rows = await page.getByRole('main').getByRole('row').locator('p').allInnerTexts();
  expectSame(`cards on ${who}’s screen`, found(rows.join('\n'), expected.cards), expected.cards);
  await go(page, 'Réunions');
  await page.getByRole('link', { name: new RegExp(COMMON.meeting) }).click();
  const agenda = page.getByRole('main');
  for (const text of [...expected.items, ...expected.sentences]) {
    await expect(agenda, `LOST: ${text} on ${who}’s screen`).toContainText(text, { timeout: 30_000 });
  }
  await go(page, 'Dossiers');
  await page.getByRole('link', { name: COMMON.dossier }).click();
  await notes(page).click();
  for (const title of expected.notes) {
    await expect(page.getByRole('main').getByRole('link', { name: title }), `LOST: ${title}, ${who}`).toHaveCount(1);
  }
}
