import type { Day } from '@liasse/core';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { ComboBox } from './ComboBox.tsx';
import { DateField } from './DateField.tsx';
import { SegmentedControl } from './SegmentedControl.tsx';
import { Select } from './Select.tsx';
import { TextField } from './TextField.tsx';

const DOSSIERS = [
  { id: 'a', label: 'Subventions 2026' },
  { id: 'b', label: 'Élections du comité' },
  { id: 'c', label: 'Marché de nettoyage' },
];

describe('ComboBox', () => {
  function setup(onCreate?: (name: string) => void) {
    const chosen = vi.fn();
    function Held() {
      const [value, setValue] = useState<string | null>('a');
      return (
        <ComboBox
          label="Dossier"
          options={DOSSIERS}
          value={value}
          onChange={(id) => {
            chosen(id);
            setValue(id);
          }}
          {...(onCreate && { onCreate })}
        />
      );
    }
    render(<Held />);
    return { chosen, user: userEvent.setup(), input: screen.getByRole('combobox') as HTMLInputElement };
  }
  const options = () => screen.queryAllByRole('option').map((option) => option.textContent);

  test('shows what is chosen, and everything when it opens', async () => {
    const { user, input } = setup();
    expect(input.value).toBe('Subventions 2026');
    await user.click(input);
    expect(options()).toEqual(['Subventions 2026', 'Élections du comité', 'Marché de nettoyage']);
  });

  test('finds without accents, and Enter chooses', async () => {
    const { user, input, chosen } = setup();
    await user.clear(input);
    await user.type(input, 'elec');
    expect(options()).toEqual(['Élections du comité']);
    await user.keyboard('{Enter}');
    expect(chosen).toHaveBeenLastCalledWith('b');
    expect(input.value).toBe('Élections du comité');
  });

  test('offers to create what does not exist, from the keyboard', async () => {
    const onCreate = vi.fn();
    const { user, input } = setup(onCreate);
    await user.clear(input);
    await user.type(input, 'Budget 2027');
    expect(options()).toEqual(['Créer «\u00a0Budget 2027\u00a0»']);
    await user.keyboard('{Enter}');
    expect(options()).toEqual([]);
    expect(onCreate).toHaveBeenCalledExactlyOnceWith('Budget 2027');
  });

  test('leaving the field creates nothing', async () => {
    const onCreate = vi.fn();
    const { user, input } = setup(onCreate);
    await user.clear(input);
    await user.type(input, 'Budget 2027');
    await user.tab();
    expect(onCreate).not.toHaveBeenCalled();
    expect(options()).toEqual([]);
  });

  test('chooses and creates with the pointer too', async () => {
    const onCreate = vi.fn();
    const { user, input, chosen } = setup(onCreate);
    await user.click(input);
    await user.click(screen.getByRole('option', { name: 'Marché de nettoyage' }));
    expect(chosen).toHaveBeenLastCalledWith('c');
    await user.clear(input);
    await user.type(input, 'Budget');
    await user.click(screen.getByRole('option'));
    expect(onCreate).toHaveBeenCalledExactlyOnceWith('Budget');
  });

  test('does not offer to create what exists under another case', async () => {
    const { user, input } = setup(() => {});
    await user.clear(input);
    await user.type(input, 'SUBVENTIONS 2026');
    expect(options()).toEqual(['Subventions 2026']);
  });

  test('what was typed and not chosen is not kept', async () => {
    const { user, input, chosen } = setup();
    await user.type(input, ' bis');
    await user.tab();
    expect(input.value).toBe('Subventions 2026');
    expect(chosen).not.toHaveBeenCalled();
  });
});

describe('DateField', () => {
  const day = (text: string) => text as Day;
  function setup() {
    const onChange = vi.fn();
    function Held() {
      const [value, setValue] = useState<Day | null>(day('2026-11-23'));
      return (
        <DateField
          label="Échéance"
          value={value}
          onChange={(next) => {
            onChange(next);
            setValue(next);
          }}
        />
      );
    }
    render(<Held />);
    return { onChange, user: userEvent.setup(), input: screen.getByLabelText('Échéance') as HTMLInputElement };
  }

  test('a day picked in the calendar is taken at once', () => {
    const { onChange, input } = setup();
    fireEvent.change(input, { target: { value: '2026-12-01' } });
    expect(onChange).toHaveBeenCalledExactlyOnceWith('2026-12-01');
  });

  test('a typed one is taken when it is left, not at each key on its way', () => {
    const { onChange, input } = setup();
    input.focus();
    for (const value of ['0002-11-23', '0020-11-23', '0202-11-23', '2027-11-23']) {
      fireEvent.keyDown(input, { key: value.slice(3, 4) });
      fireEvent.change(input, { target: { value } });
    }
    expect(onChange).not.toHaveBeenCalled();
    expect(input.value).toBe('2027-11-23');
    fireEvent.blur(input);
    expect(onChange).toHaveBeenCalledExactlyOnceWith('2027-11-23');
  });

  test('Enter takes it too, once', () => {
    const { onChange, input } = setup();
    input.focus();
    fireEvent.keyDown(input, { key: '4' });
    fireEvent.change(input, { target: { value: '2026-11-24' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    fireEvent.blur(input);
    expect(onChange).toHaveBeenCalledExactlyOnceWith('2026-11-24');
  });

  test('the cross clears it', async () => {
    const { onChange, user } = setup();
    await user.click(screen.getByRole('button', { name: 'Effacer la date' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(null);
  });
});

describe('Select', () => {
  test('chooses by the keyboard', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    render(<Select label="Dossier" options={DOSSIERS} value="a" onChange={onChange} />);
    await user.tab();
    await user.keyboard('{Enter}{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith('b');
  });
});

describe('SegmentedControl', () => {
  test('one is always on', async () => {
    const user = userEvent.setup();
    const onChange = vi.fn();
    const segments = [
      { id: 'columns', label: 'Colonnes' },
      { id: 'matrix', label: 'Matrice' },
    ] as const;
    render(<SegmentedControl label="Vue" segments={segments} value="columns" onChange={onChange} />);
    await user.click(screen.getByText('Colonnes'));
    expect(onChange).not.toHaveBeenCalledWith('matrix');
    await user.click(screen.getByText('Matrice'));
    expect(onChange).toHaveBeenLastCalledWith('matrix');
  });
});

describe('an error', () => {
  test('is described by its sentence', () => {
    render(<TextField label="Titre" error="Donnez un titre." />);
    const input = screen.getByLabelText('Titre');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(ids.map((id) => document.getElementById(id)?.textContent)).toContain('Donnez un titre.');
  });
});
