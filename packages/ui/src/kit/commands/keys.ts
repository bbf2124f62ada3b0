/** Whether this machine writes its shortcuts as a Mac does. */
const onMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

const FRENCH: Readonly<Record<string, string>> = {
  Shift: 'Maj',
  Escape: 'Échap',
  Enter: 'Entrée',
  Delete: 'Suppr',
  Backspace: 'Retour',
  Space: 'Espace',
};
const ENGLISH: Readonly<Record<string, string>> = { Escape: 'Esc' };
const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/**
 * A shortcut as tinykeys writes it (`$mod+Shift+k`, `g d`) in words a person reads.
 *
 * @returns one list of keys for each press: `[['Ctrl', 'Maj', 'K']]`, `[['G'], ['D']]`
 */
export function keyNames(shortcut: string, language: 'fr' | 'en'): readonly (readonly string[])[] {
  const names = language === 'fr' ? FRENCH : ENGLISH;
  const name = (key: string): string => {
    if (key === '$mod') return onMac() ? '⌘' : 'Ctrl';
    const plain = key.replace(/^Key|^Digit/, '');
    return ARROWS[plain] ?? names[plain] ?? (plain.length === 1 ? plain.toUpperCase() : plain);
  };
  // `[Shift]+?`: a modifier that may be there is not part of what one reads.
  return shortcut.split(' ').map((press) =>
    press
      .replace(/\[\w+\]\+/g, '')
      .split('+')
      .map(name),
  );
}

/** Whether a shortcut needs no modifier: a person may turn these off, as they get in the way of dictation. */
export const isSingleKey = (shortcut: string): boolean => !/(\$mod|Control|Alt|Meta)\+/.test(shortcut);
