import type { OpenDoc, Presence } from '@liasse/core/replica';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Editor } from '@tiptap/core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { OpenDocProvider } from '../kit/index.ts';
import { linkAddress } from './linkAddress.ts';
import './testing/layout.ts';
import { RichText } from './RichText.tsx';
import type { RichTextProps } from './richTextProps.ts';
import { TextView } from './TextView.tsx';

// The editor's chunk, once: under load its first reading outlasts what a query waits for.
beforeAll(() => import('./Editor.tsx'));
afterEach(cleanup);

/** One person's page: their document, their presence, and the text in it. */
interface Page {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly fragment: Y.XmlFragment;
  readonly open: OpenDoc;
}

function makePage(clientId: number): Page {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const awareness = new Awareness(doc);
  const none: readonly Presence[] = [];
  const open = {
    doc,
    awareness,
    people: { subscribe: () => () => {}, getSnapshot: () => none },
  } as Partial<OpenDoc> as OpenDoc;
  return { doc, awareness, fragment: doc.getXmlFragment('text'), open };
}

/** Joins two pages: what one does reaches the other at once. */
function join(a: Page, b: Page): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') Y.applyUpdate(to.doc, update, 'wire');
    });
    from.awareness.on('update', (_change: unknown, origin: unknown) => {
      if (origin !== 'wire')
        applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, [from.doc.clientID]), 'wire');
    });
  }
}

async function show(page: Page, props: Partial<RichTextProps> & { label: string }): Promise<Editor> {
  render(
    <OpenDocProvider value={page.open}>
      <RichText fragment={page.fragment} {...props} />
    </OpenDocProvider>,
  );
  const box = (await screen.findByRole('textbox', { name: props.label })) as HTMLElement & { editor: Editor };
  return box.editor;
}

const textOf = (label: string) => screen.getByRole('textbox', { name: label }).textContent;

describe('two people in one text', () => {
  test('each sees what the other writes, and where, by name', async () => {
    const [amira, paul] = [makePage(1), makePage(2)];
    join(amira, paul);
    const amirasEditor = await show(amira, { label: 'Amira’s' });
    await show(paul, { label: 'Paul’s' });
    amira.awareness.setLocalStateField('user', { account: 'account-amira', name: 'Amira B.' });

    act(() => void amirasEditor.chain().focus().insertContent('Budget 2026').run());
    expect(textOf('Paul’s')).toContain('Budget 2026');
    await waitFor(() =>
      expect(document.querySelector('[aria-label="Paul’s"] .text-caret-name')?.textContent).toBe('Amira B.'),
    );
    // One never sees one's own.
    expect(document.querySelector('[aria-label="Amira’s"] .text-caret-name')).toBeNull();
  });

  test('undo takes back one’s own typing only', async () => {
    const [amira, paul] = [makePage(1), makePage(2)];
    join(amira, paul);
    const amirasEditor = await show(amira, { label: 'Amira’s' });
    const paulsEditor = await show(paul, { label: 'Paul’s' });
    act(() => void amirasEditor.commands.insertContent('un '));
    act(() => void paulsEditor.chain().focus('end').insertContent('deux').run());
    act(() => void amirasEditor.commands.undo());
    expect(textOf('Paul’s')).toBe('deux');
    act(() => void amirasEditor.commands.redo());
    expect(textOf('Paul’s')).toBe('un deux');
  });

  test('a malformed presence of one page disturbs nobody', async () => {
    const [amira, broken] = [makePage(1), makePage(2)];
    join(amira, broken);
    const editor = await show(amira, { label: 'Amira’s' });
    for (const state of [
      { user: 'Eve', cursor: { anchor: {}, head: {} } },
      { user: { name: 'Eve' }, cursor: { anchor: 'x', head: null } },
      { user: { name: 'Eve' }, cursor: { anchor: { tname: 'made-up' }, head: { tname: 'made-up' } } },
      {
        user: { name: 'Eve' },
        cursor: { anchor: { item: { client: 9, clock: 9 } }, head: { item: { client: 9, clock: 9 } } },
      },
    ])
      act(() => broken.awareness.setLocalState(state));
    act(() => void editor.commands.insertContent('still here'));
    expect(textOf('Amira’s')).toBe('still here');
    expect([...amira.doc.share.keys()]).toEqual(['text']);
  });
});

describe('what a text accepts', () => {
  test('opening a text, empty or not, writes nothing', async () => {
    const page = makePage(1);
    let updates = 0;
    page.doc.on('update', () => {
      updates += 1;
    });
    const editor = await show(page, { label: 'Texte', placeholder: 'Écrire ici' });
    act(() => void editor.commands.focus());
    expect(updates).toBe(0);
    expect(page.fragment.length).toBe(0);
    expect(document.querySelector('[data-placeholder="Écrire ici"]')).not.toBeNull();
  });

  test('what is pasted is cut down to the schema', async () => {
    const page = makePage(1);
    const editor = await show(page, { label: 'Texte' });
    act(() => {
      // jsdom has no ClipboardEvent.
      const event = new Event('paste') as ClipboardEvent;
      editor.view.pasteHTML(
        '<h1 style="color:red" onclick="alert(1)">Titre</h1><script>alert(1)</script><img src="x" onerror="alert(1)">' +
          '<p class="MsoNormal"><a href="javascript:alert(1)">ici</a> et <a href="https://ec.europa.eu/">là</a></p>',
        event,
      );
    });
    expect(editor.getHTML()).toBe(
      '<h4 data-level="1">Titre</h4><p>ici et <a target="_blank" rel="noopener noreferrer nofollow" href="https://ec.europa.eu/">là</a></p>',
    );
  });

  test('what a newer version wrote is shown as plain text and stays in the document', async () => {
    const page = makePage(1);
    const table = new Y.XmlElement('table');
    const cell = new Y.XmlText();
    cell.insert(0, 'case');
    table.insert(0, [cell]);
    page.fragment.insert(0, [table]);
    render(
      <OpenDocProvider value={page.open}>
        <RichText fragment={page.fragment} label="Texte" />
      </OpenDocProvider>,
    );
    const region = await screen.findByRole('region', { name: 'Texte' });
    expect(within(region).getByText('case')).toBeTruthy();
    expect(page.fragment.toString()).toBe('<table>case</table>');
  });

  test('what a newer version writes while the text is open stays in the document', async () => {
    const [amira, newer] = [makePage(1), makePage(2)];
    join(amira, newer);
    const editor = await show(amira, { label: 'Texte' });
    act(() => void editor.commands.insertContent('mes mots'));
    act(() => newer.fragment.insert(1, [new Y.XmlElement('table')]));
    const region = await screen.findByRole('region', { name: 'Texte' });
    expect(within(region).getByText('mes mots')).toBeTruthy();
    expect(amira.fragment.toString()).toBe('<paragraph>mes mots</paragraph><table></table>');
  });

  test('a reader can read and not write', async () => {
    const page = makePage(1);
    await show(page, { label: 'Texte', readOnly: true });
    expect(screen.getByRole('textbox', { name: 'Texte' }).getAttribute('contenteditable')).toBe('false');
    expect(screen.queryByRole('toolbar')).toBeNull();
  });
});

describe('a text to read', () => {
  test('shows the same words and looks as the editor, follows it, and says when it is blank', async () => {
    const page = makePage(1);
    const { container } = render(<TextView fragment={page.fragment} empty="Rien d’écrit" />);
    expect(container.textContent).toBe('Rien d’écrit');
    const editor = await show(page, { label: 'Texte' });
    act(() => {
      editor.commands.setContent(
        '<h2>Titre</h2><p><strong>gras</strong> <em>et</em> <u><s>plus</s></u></p><ul><li><p>un</p></li></ul>' +
          '<ol><li><p>deux</p></li></ol><blockquote><p>cité<br>ainsi</p></blockquote>' +
          '<p><a href="https://ec.europa.eu/">lien</a></p>',
      );
    });
    // The editor also marks its last line break, and tells links apart by attributes that a reader has elsewhere.
    const bare = (html: string) => html.replaceAll(/ (?:target|rel|class|data-[a-z-]+)="[^"]*"/g, '');
    expect(bare(container.firstElementChild?.innerHTML ?? '')).toBe(bare(editor.getHTML()));
  });

  test('leads nowhere that a link may not, whoever wrote it', () => {
    const page = makePage(1);
    const text = new Y.XmlText();
    page.fragment.insert(0, [text]);
    text.insert(0, 'ici', { link: { href: 'javascript:alert(1)' } });
    const { container } = render(<TextView fragment={page.fragment} />);
    expect(container.textContent).toBe('ici');
    expect(container.querySelector('a')).toBeNull();
  });

  test.each([
    ['legifrance.gouv.fr/loda', 'https://legifrance.gouv.fr/loda'],
    ['amira@finances.gouv.fr', 'mailto:amira@finances.gouv.fr'],
    ['tel:+33140040404', 'tel:+33140040404'],
    ['localhost:8080/x', 'https://localhost:8080/x'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['deux mots', null],
    ['  ', null],
  ])('the address %j leads to %j', (typed, address) => expect(linkAddress(typed)).toBe(address));
});

describe('the toolbar', () => {
  test('is one tab stop, walked by arrows, and sets formats from the keyboard', async () => {
    const page = makePage(1);
    const editor = await show(page, { label: 'Texte' });
    const user = userEvent.setup();
    act(() => void editor.chain().insertContent('important').selectAll().run());
    await user.tab();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Texte courant');
    for (let i = 0; i < 3; i++) await user.keyboard('{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Gras');
    await user.keyboard('{Enter}');
    expect(editor.getHTML()).toBe('<p><strong>important</strong></p>');
    expect(document.activeElement?.getAttribute('aria-pressed')).toBe('true');
    await user.tab();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Texte' }));
  });
});

test('a text that comes late takes the focus, but not from someone who types elsewhere by then', async () => {
  await show(makePage(1), { label: 'Texte', takesFocus: true });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Texte' })));
  cleanup();

  render(<input aria-label="Titre" />);
  const title = screen.getByRole('textbox', { name: 'Titre' });
  title.focus();
  await show(makePage(2), { label: 'Texte', takesFocus: true });
  // The editor takes the focus a frame after it was told to.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(title);
});
