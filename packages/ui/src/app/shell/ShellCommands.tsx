import { boardRoom } from '@liasse/core/protocol';
import { useCallback } from 'react';
import { useCommands } from '../../kit/commands/useCommand.tsx';
import { announce } from '../../kit/feedback/announce.tsx';
import { useStrings } from '../../kit/language/strings.ts';
import { OpenDocProvider } from '../../kit/useView.ts';
import { appStrings } from '../app.strings.ts';
import { useWorkspace } from '../context.tsx';
import type { Feature } from '../feature.ts';
import { features } from '../features.ts';
import { inTeam } from '../paths.ts';
import { useOpening } from '../room.tsx';
import { stepBack } from '../undo.ts';
import { useGo } from './go.ts';
import { entries } from './navigation.ts';

/** The commands that work wherever one is: going places, undoing, and what each feature offers. Draws nothing. */
export function ShellCommands() {
  const t = useStrings(appStrings);
  const go = useGo();
  const { team } = useWorkspace();
  const places = entries.map((entry) => ({ entry, label: entry.useLabel() }));
  const step = useCallback(
    (which: 'undo' | 'redo') => {
      const done = stepBack(which);
      announce(done ? t(which === 'undo' ? 'undone' : 'redone') : t('nothingToUndo'));
    },
    [t],
  );
  useCommands([
    ...places.map(({ entry, label }) => ({
      id: `app.go ${entry.path}`,
      label: t('goTo', { name: label }),
      run: () => go(inTeam(team.id, entry.path)),
    })),
    { id: 'app.undo', label: t('undo'), shortcut: '$mod+z', run: () => step('undo') },
    { id: 'app.redo', label: t('redo'), shortcut: '$mod+Shift+z', run: () => step('redo') },
  ]);
  const board = useOpening(boardRoom(team.id));
  if (board.kind !== 'open') return null;
  return (
    <OpenDocProvider value={board.open}>
      {features.map((feature) => feature.useCommands && <OfFeature key={feature.id} use={feature.useCommands} />)}
    </OpenDocProvider>
  );
}

function OfFeature({ use }: { readonly use: NonNullable<Feature['useCommands']> }) {
  useCommands(use());
  return null;
}
