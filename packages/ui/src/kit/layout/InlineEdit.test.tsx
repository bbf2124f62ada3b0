import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { InlineEdit } from './InlineEdit.tsx';

function setup(value = 'Subventions 2026') {
  const onSave = vi.fn();
  const outside = vi.fn();
  function Held() {
    const [title, setTitle] = useState(value);
    return (
      // A stand-in for the inspector, which closes on Escape.
      <main onKeyDown={(event) => event.key === 'Escape' && outside()}>
        <InlineEdit
          label="Titre du dossier"
          value={title}
          onSave={(next) => {
            onSave(next);
            setTitle(next);
          }}
        />
        <button type="button">ailleurs</button>
      </main>
    );
  }
  render(<Held />);
  return { onSave, outside, user: userEvent.setup() };
}

const field = () => screen.getByRole('textbox', { name: 'Titre du dossier' });
const text = (name: string) => screen.getByRole('button', { name: `Renommer «\u00a0${name}\u00a0»` });

test('Enter saves what was typed over the selected text, and the focus stays', async () => {
  const { user, onSave } = setup();
  await user.click(text('Subventions 2026'));
  await user.keyboard('  Budget  2027 {Enter}');
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Budget 2027');
  expect(document.activeElement).toBe(text('Budget 2027'));
});

test('Escape keeps the old text, and closes nothing around', async () => {
  const { user, onSave, outside } = setup();
  await user.click(text('Subventions 2026'));
  await user.keyboard('autre{Escape}');
  expect(onSave).not.toHaveBeenCalled();
  expect(outside).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(text('Subventions 2026'));
});

test('leaving saves, once, and the focus goes where the person went', async () => {
  const { user, onSave } = setup();
  await user.click(text('Subventions 2026'));
  await user.keyboard('Budget');
  await user.click(screen.getByText('ailleurs'));
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Budget');
  expect(document.activeElement).toBe(screen.getByText('ailleurs'));
});

test.each(['', '   ', 'Subventions 2026'])('“%s” is no new name', async (typed) => {
  const { user, onSave } = setup();
  await user.click(text('Subventions 2026'));
  await user.clear(field());
  if (typed) await user.type(field(), typed);
  await user.keyboard('{Enter}');
  expect(onSave).not.toHaveBeenCalled();
  expect(text('Subventions 2026')).toBeTruthy();
});

test('a person who may only read has no button', () => {
  render(<InlineEdit label="Titre" value="Lecture" onSave={() => {}} isReadOnly />);
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByText('Lecture')).toBeTruthy();
});
