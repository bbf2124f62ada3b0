import { House, Settings, Trash2 } from 'lucide-react';
import { useStrings } from '../../kit/language/strings.ts';
import { appStrings } from '../app.strings.ts';
import type { NavEntry } from '../feature.ts';
import { features } from '../features.ts';
import { paths } from '../paths.ts';

const day: NavEntry = {
  useLabel: () => useStrings(appStrings)('day'),
  icon: House,
  path: paths.day,
  place: 'rail',
  order: 0,
};
const trash: NavEntry = {
  useLabel: () => useStrings(appStrings)('trash'),
  icon: Trash2,
  path: paths.trash,
  place: 'foot',
  order: 80,
};
const settings: NavEntry = {
  useLabel: () => useStrings(appStrings)('settings'),
  icon: Settings,
  path: paths.settings,
  place: 'foot',
  order: 90,
};

/** Every entry of the rail, in order: the features' and the shell's own. */
export const entries: readonly NavEntry[] = [day, ...features.flatMap(({ nav }) => nav ?? []), trash, settings].sort(
  (a, b) => a.order - b.order,
);

/** Whether an entry is where the person is. `path`: the place without the team; a place of no team starts with `~`. */
export function isCurrent(entry: NavEntry, path: string): boolean {
  return path === entry.path || (entry.path !== paths.day && path.startsWith(`${entry.path}/`));
}
