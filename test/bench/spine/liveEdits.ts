import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { Site } from '../../e2e/harness/index.ts';
import { addCard, addItem, card, go, itemText, newMeeting, writeItem } from '../../e2e/harness/people.ts';
import { type BenchOptions, percentile, type Row } from '../bench.ts';
import { msBetween, pause, watch, watchKey } from './sight.ts';
import { type Team, withTeam } from './team.ts';

/** Between what one sees of an edit and the next. */
const PACE_MS = 150;
const KEYS = 'abcdefghijklmnopqrstuvwxyz';

/** From a key on one profile until what it did is drawn on the other. */
export async function liveEdits({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const edits = quick ? 5 : 60;
  return withTeam(async (team) => {
    const relay = await openRelay(team);
    try {
      // The floor on both sides of what is measured: the machine is not equally busy at all times.
      const before = await relay.measure(edits / 2);
      const cards = await renameCards(team, edits);
      const keys = await typeInItem(team, edits);
      const floor = [...before, ...(await relay.measure(edits / 2))];
      log(`  cards ${percentile(cards, 0.5)}, keys ${percentile(keys, 0.5)}, floor ${percentile(floor, 0.5)} ms`);
      const rowsOf = (what: string, times: readonly number[], note: string): Row[] =>
        ([0.5, 0.95] as const).map((share) => ({
          what: `${what}, p${share * 100}`,
          unit: 'ms',
          ours: percentile(times, share),
          peers: { 'bare WebSocket relay (floor)': percentile(floor, share) },
          note,
        }));
      const how = 'the floor is one key between the same two browsers; other servers come with the sync bench';
      return [
        ...rowsOf(
          'a card’s title, Enter to seen by the other',
          cards,
          `${cards.length} edits, web app to extension; ${how}`,
        ),
        ...rowsOf('a key in an agenda item’s text', keys, `${keys.length} keys, extension to web app; as above`),
      ];
    } finally {
      await relay.close();
    }
  });
}

async function renameCards({ amira, benoit }: Team, edits: number): Promise<readonly number[]> {
  for (const page of [amira, benoit]) {
    await page.bringToFront();
    await go(page, 'Planning');
  }
  await amira.getByRole('button', { name: 'Commencer le tableau' }).click();
  await addCard(amira, 'Carte mesurée', 'À faire');
  await expect(card(benoit, 'Carte mesurée')).toBeVisible();
  await card(amira, 'Carte mesurée').click();
  const title = amira.getByRole('complementary').getByRole('textbox', { name: 'Titre' });
  const times: number[] = [];
  for (let edit = 1; edit <= edits; edit += 1) {
    const text = `Carte au titre ${edit}.`;
    await title.fill(text);
    const pressed = await watchKey(amira, 'Enter');
    const seen = await watch(benoit, { selector: 'main [role=row]', texts: [text] });
    await amira.keyboard.press('Enter');
    times.push(await msBetween(pressed, seen));
    await pause(PACE_MS);
  }
  return times;
}

async function typeInItem({ amira, benoit }: Team, edits: number): Promise<readonly number[]> {
  await newMeeting(benoit, 'Réunion mesurée');
  await addItem(benoit, 'Point mesuré');
  await go(amira, 'Réunions');
  await amira.getByRole('link', { name: /Réunion mesurée/ }).click();
  await amira.getByRole('button', { name: 'Ouvrir le point 1' }).click();
  await writeItem(benoit, 1, 'Texte : ');
  await expect(itemText(amira, 1)).toContainText('Texte');
  return typeKeys({ from: benoit, to: amira, shownIn: '[contenteditable=true]', already: 'Texte : ', edits });
}

interface Typing {
  readonly from: Page;
  readonly to: Page;
  /** Where it is seen. */
  readonly shownIn: string;
  /** What stands before the first key. */
  readonly already: string;
  readonly edits: number;
}

async function typeKeys({ from, to, shownIn, already, edits }: Typing): Promise<readonly number[]> {
  const times: number[] = [];
  let text = already;
  for (let edit = 0; edit < edits; edit += 1) {
    const key = KEYS[edit % KEYS.length] as string;
    text += key;
    const pressed = await watchKey(from, key);
    const seen = await watch(to, { selector: shownIn, texts: [text] });
    await from.keyboard.press(key);
    times.push(await msBetween(pressed, seen));
    await pause(PACE_MS);
  }
  return times;
}

interface Relay {
  measure(edits: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** The least that any of this can cost: two pages of the same browsers, and a server that passes on what it is told. */
async function openRelay({ amiraProfile, benoitProfile }: Team): Promise<Relay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      for (const other of server.clients) if (other !== socket) other.send(String(data));
    });
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const site = await Site.open();
  const address = site.put(
    '/relay',
    `<input><p></p><script>
      const socket = new WebSocket('ws://127.0.0.1:${(server.address() as AddressInfo).port}');
      const [field] = document.getElementsByTagName('input');
      field.oninput = () => socket.send(field.value);
      socket.onopen = () => { document.title = 'open'; };
      socket.onmessage = ({ data }) => { document.querySelector('p').textContent = data; };
    </script>`,
  );
  return {
    measure: async (edits) => {
      const pages = await Promise.all([benoitProfile, amiraProfile].map(({ context }) => context.newPage()));
      const [from, to] = pages as [Page, Page];
      for (const page of pages) {
        await page.goto(address);
        await expect(page).toHaveTitle('open');
      }
      await from.locator('input').focus();
      const times = await typeKeys({ from, to, shownIn: 'p', already: '', edits: Math.ceil(edits) });
      for (const page of pages) await page.close();
      return times;
    },
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await site.close();
    },
  };
}
