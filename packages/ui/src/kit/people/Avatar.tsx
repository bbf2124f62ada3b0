import { cx } from '../cx.ts';
import css from './Avatar.module.css';

/** Someone, as `Presence` or a member's record names them. */
export interface Person {
  readonly name: string;
  /** Index into the palette of people. */
  readonly colour: number;
}

interface AvatarProps {
  person: Person;
  size?: 'normal' | 'small';
  /** Beside the name in words: then it says nothing more. */
  decorative?: boolean;
}

const COLOURS = 7;

/** One or two letters: the first of the first and of the last word. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word));
  const first = words.at(0) ?? name.trim();
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${[...first][0] ?? '?'}${[...last][0] ?? ''}`.toLocaleUpperCase('fr');
}

/** Someone's initials in their colour. */
export function Avatar({ person, size = 'normal', decorative = false }: AvatarProps) {
  const index = ((person.colour % COLOURS) + COLOURS) % COLOURS;
  return (
    <span
      className={cx(css.avatar, css[size])}
      style={{ color: `var(--person-${index})` }}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': person.name })}
      title={decorative ? undefined : person.name}
    >
      {initials(person.name)}
    </span>
  );
}
