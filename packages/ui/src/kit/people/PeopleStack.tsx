import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { Avatar, type Person } from './Avatar.tsx';
import css from './PeopleStack.module.css';

interface PeopleStackProps {
  people: readonly (Person & { readonly key: string | number })[];
  /** How many are shown; the others are counted. All are announced. */
  max?: number;
  size?: 'normal' | 'small';
  /** What they are, with their names, where they are not the people here. */
  label?: string;
}

/** Several people, overlapping; their names are announced together. */
export function PeopleStack({ people, max = 4, size = 'normal', label }: PeopleStackProps) {
  const t = useStrings(kitStrings);
  if (people.length === 0) return null;
  const hidden = people.length > max ? people.length - (max - 1) : 0;
  const names = people.map((person) => person.name).join(', ');
  return (
    <span
      role="img"
      aria-label={label ?? t('people', { count: people.length, names })}
      title={names}
      className={css.stack}
    >
      {people.slice(0, people.length - hidden).map((person) => (
        <Avatar key={person.key} person={person} size={size} decorative />
      ))}
      {hidden > 0 && (
        <span aria-hidden className={css.more}>
          +{hidden}
        </span>
      )}
    </span>
  );
}
