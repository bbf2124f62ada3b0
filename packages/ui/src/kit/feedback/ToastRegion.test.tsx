import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { ToastProvider, ToastRegion, useToast } from './ToastRegion.tsx';
import { type ToastMessage, Toasts, type ToastTimers } from './toasts.ts';

/** A clock that only moves when told. */
function fakeTimers(): ToastTimers & { pass(ms: number): void } {
  let now = 0;
  const due = new Map<symbol, { at: number; run: () => void }>();
  return {
    now: () => now,
    set: (run, ms) => {
      const key = Symbol();
      due.set(key, { at: now + ms, run });
      return () => due.delete(key);
    },
    pass: (ms) => {
      now += ms;
      for (const [key, { at, run }] of due) {
        if (at > now) continue;
        due.delete(key);
        run();
      }
    },
  };
}

function setup() {
  const timers = fakeTimers();
  const toasts = new Toasts(timers);
  function Opener({ message }: { message: ToastMessage }) {
    const toast = useToast();
    return (
      <button type="button" onClick={() => toast.show(message)}>
        Supprimer
      </button>
    );
  }
  const undo = vi.fn();
  render(
    <ToastProvider toasts={toasts}>
      <Opener message={{ message: 'Carte placée dans la corbeille.', undo }} />
      <ToastRegion />
    </ToastProvider>,
  );
  const pass = (ms: number) => act(() => timers.pass(ms));
  const shown = () => screen.queryByText('Carte placée dans la corbeille.') !== null;
  return { pass, shown, undo, toasts, user: userEvent.setup() };
}

test('a message is announced, stays 8 s, and goes', async () => {
  const { pass, shown, user } = setup();
  const status = screen.getByRole('status');
  await user.click(screen.getByText('Supprimer'));
  expect(status.textContent).toContain('Carte placée dans la corbeille.');
  pass(7_999);
  expect(shown()).toBe(true);
  pass(1);
  expect(shown()).toBe(false);
});

test('it is undone once, and the focus goes back to where it came from', async () => {
  const { shown, undo, user } = setup();
  const opener = screen.getByText('Supprimer');
  await user.click(opener);
  await user.tab();
  expect(document.activeElement?.textContent).toBe('Annuler');
  await user.keyboard('{Enter}');
  expect(undo).toHaveBeenCalledTimes(1);
  expect(shown()).toBe(false);
  expect(document.activeElement).toBe(opener);
});

test('the time stops while the pointer is on it, and goes on from there', async () => {
  const { pass, shown, user } = setup();
  await user.click(screen.getByText('Supprimer'));
  pass(5_000);
  await user.hover(screen.getByText('Carte placée dans la corbeille.'));
  pass(60_000);
  expect(shown()).toBe(true);
  await user.unhover(screen.getByText('Carte placée dans la corbeille.'));
  pass(2_999);
  expect(shown()).toBe(true);
  pass(1);
  expect(shown()).toBe(false);
});

test('the time stops while the focus is on it', async () => {
  const { pass, shown, user } = setup();
  await user.click(screen.getByText('Supprimer'));
  await user.tab();
  pass(60_000);
  expect(shown()).toBe(true);
  await user.tab({ shift: true });
  pass(8_000);
  expect(shown()).toBe(false);
});

test('a message shown after one vanished under the pointer is not held for ever', async () => {
  const { pass, shown, user } = setup();
  await user.click(screen.getByText('Supprimer'));
  await user.click(screen.getByLabelText('Masquer ce message'));
  expect(shown()).toBe(false);
  act(() => screen.getByText('Supprimer').click());
  pass(8_000);
  expect(shown()).toBe(false);
});

test('no more than three cover the work', () => {
  const { toasts } = setup();
  act(() => {
    for (const message of ['a', 'b', 'c', 'd']) toasts.show({ message });
  });
  expect(toasts.getSnapshot().map(({ message }) => message)).toEqual(['b', 'c', 'd']);
});
