import {
  addHighlight,
  addPiece,
  anchorText,
  createDossier,
  type DossierId,
  type HighlightId,
  highlightsView,
  type PieceId,
  type Rank,
  type TextBlock,
  targetAt,
  trashedHighlightsView,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import PieceScreen from '../piece/PieceScreen.tsx';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const first = testId<PieceId>(100);
const second = testId<PieceId>(101);

const article = (number: string, text: string): readonly TextBlock[] => [
  { kind: 'heading', level: 2, text: `Article ${number}` },
  { kind: 'paragraph', text },
];
const DELAY = 'Le silence gardé pendant deux mois par l’administration vaut décision de rejet.';
const NOTICE = 'L’administration accuse réception de toute demande par voie électronique.';
const TEXT = [...article('1', DELAY), ...article('2', NOTICE)];

async function show(
  options: {
    readonly later?: readonly TextBlock[];
    readonly highlights?: readonly { readonly words: string; readonly comment?: string }[];
    /** The version that is highlighted, and the one that is read; the first, and the last. */
    readonly on?: PieceId;
    readonly read?: PieceId;
  } = {},
) {
  const { later, highlights = [], on = first, read = later === undefined ? first : second } = options;
  const platform = makeMemoryPlatform();
  const replica = platform.replica(testWorkspace().scope);
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  platform.run(room, addPiece, { pieceId: first, rank: 'a0' as Rank, draft: testDraft({ text: [...TEXT] }) });
  if (later !== undefined) {
    const draft = testDraft({ text: [...later], capturedAt: 1_800_000_000_000 });
    platform.run(room, addPiece, { pieceId: second, rank: 'a1' as Rank, draft, versionOf: first });
  }
  const text = anchorText(on === first ? TEXT : (later ?? []));
  for (const [index, { words, comment = '' }] of highlights.entries()) {
    const start = text.text.indexOf(words);
    const target = targetAt(text, { start, end: start + words.length });
    if (target === null) throw new Error(words);
    const highlightId = testId<HighlightId>(200 + index);
    platform.run(room, addHighlight, { pieceId: on, highlightId, target, comment });
  }
  const app = renderApp(
    <Route path="/dossiers/:dossierId/piece/:pieceId">
      <PieceScreen />
    </Route>,
    { path: `/dossiers/${id}/piece/${read}`, platform },
  );
  await screen.findByRole('heading', { level: 1 });
  // The text can be marked once the code for it has come; until then it can be read.
  await waitFor(() => expect(document.querySelector('[data-at]')).not.toBeNull());
  const items = () => highlightsView(replica.doc(room)).getSnapshot().items;
  return { ...app, user: userEvent.setup(), replica, items };
}

// jsdom lays nothing out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

/** Selects words as a pointer would. */
function select(words: string) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(words) ?? -1;
    if (at === -1) continue;
    act(() => {
      getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
      document.dispatchEvent(new Event('selectionchange'));
    });
    return;
  }
  throw new Error(`not on screen: ${words}`);
}

const marked = () => [...document.querySelectorAll('mark')].map((mark) => mark.textContent);

test('[H1][H10] a selected passage is highlighted, drawn and listed', async () => {
  const { user, items } = await show();
  select('deux mois');
  await user.click(screen.getByRole('button', { name: 'Surligner' }));
  expect(items()[0]?.target).toMatchObject({ quote: { exact: 'deux mois' }, path: ['article 1'] });
  expect(marked()).toEqual(['deux mois']);
  expect(screen.getByRole('button', { name: /Voir le passage «\sdeux mois\s»/ })).toBeTruthy();
});

test('[H10] a comment is written, tied to its passage, and can be changed', async () => {
  const { user, items } = await show();
  select('décision de rejet');
  await user.click(screen.getByRole('button', { name: 'Annoter' }));
  await user.type(screen.getByRole('textbox', { name: 'Commentaire' }), 'À vérifier');
  await user.click(screen.getByRole('button', { name: 'Enregistrer' }));
  expect(items()[0]?.comment).toBe('À vérifier');
  const details = document.querySelector('mark')?.getAttribute('aria-details') ?? '';
  expect(document.getElementById(details)?.textContent).toBe('À vérifier');

  await user.click(screen.getByRole('button', { name: /Actions sur le surlignage/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Modifier le commentaire' }));
  const field = screen.getByRole('textbox', { name: 'Commentaire' });
  await user.clear(field);
  await user.type(field, 'Vérifié');
  await user.click(screen.getByRole('button', { name: 'Enregistrer' }));
  expect(items()[0]?.comment).toBe('Vérifié');
});

test('[H10] a paragraph is reached and highlighted by keyboard alone', async () => {
  const { user, items } = await show();
  screen.getByRole('region', { name: 'Texte de la pièce' }).focus();
  await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}{Enter}');
  expect(document.activeElement?.textContent).toBe('Surligner');
  await user.keyboard('{Enter}');
  expect(items()[0]?.target.quote.exact).toBe(DELAY);
});

test('[H1] a passage over two paragraphs, one of them highlighted already, is one highlight', async () => {
  const { user, items } = await show({ highlights: [{ words: 'vaut décision' }] });
  const [from, to] = [screen.getByText(/Le silence/).firstChild, screen.getByText(NOTICE).firstChild];
  act(() => {
    getSelection()?.setBaseAndExtent(from as Node, 3, to as Node, 16);
    document.dispatchEvent(new Event('selectionchange'));
  });
  await user.click(screen.getByRole('button', { name: 'Surligner' }));
  const quote = `${DELAY.slice(3)}\nArticle 2\n${NOTICE.slice(0, 16)}`;
  expect(items().map(({ target }) => target.quote.exact)).toContain(quote);
  expect(marked().join('')).toBe(quote.replaceAll('\n', ''));
});

test('[H9] on a later version each highlight says what became of it, and an orphan is listed with its quote', async () => {
  await show({
    highlights: [
      { words: 'accuse réception de toute demande' },
      { words: 'deux mois' },
      { words: 'vaut décision de rejet' },
    ],
    later: [
      ...article('1', 'Le silence gardé pendant trois mois par l’administration ne signifie rien.'),
      ...article('1-1', 'Article nouveau.'),
      ...article('2', NOTICE),
    ],
  });
  const lines = within(screen.getByRole('region', { name: 'Surlignages' })).getAllByRole('listitem');
  const said = lines.map((line) => line.textContent);
  expect(said.find((text) => text?.includes('accuse réception'))).toContain('déplacé');
  expect(said.find((text) => text?.includes('deux mois'))).toMatch(/modifié.*trois mois/s);
  expect(said.find((text) => text?.includes('vaut décision de rejet'))).toContain('introuvable');
  expect(marked()).toEqual(['trois mois', 'accuse réception de toute demande']);
});

test('[H9] those of a later version are none of an earlier one’s', async () => {
  const { items } = await show({
    highlights: [{ words: 'accuse réception' }],
    later: [...TEXT, ...article('3', 'Article nouveau.')],
    on: second,
    read: first,
  });
  expect(items()).toHaveLength(1);
  expect(marked()).toEqual([]);
  expect(within(screen.getByRole('region', { name: 'Surlignages' })).queryAllByRole('listitem')).toEqual([]);
});

test('[H2] a highlight goes to the trash, and comes back', async () => {
  const { user, items, replica, toasts } = await show({ highlights: [{ words: 'deux mois' }] });
  await user.click(screen.getByRole('button', { name: /Actions sur le surlignage/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Placer dans la corbeille' }));
  expect(items()).toEqual([]);
  expect(trashedHighlightsView(replica.doc(room)).getSnapshot().items).toHaveLength(1);
  expect(toasts().at(-1)?.message).toBe('Surlignage placé dans la corbeille.');
  await user.click(screen.getByRole('button', { name: 'Annuler' }));
  await waitFor(() => expect(items()).toHaveLength(1));
});
