import { useState } from 'react';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { Dialog } from '../overlays/Dialog.tsx';
import { Shortcut } from './Kbd.tsx';
import { isSingleKey } from './keys.ts';
import type { Command } from './registry.ts';
import css from './ShortcutHelp.module.css';
import { useCommand, useCommandList } from './useCommand.tsx';

/** `?`: the shortcuts that work here. Once in the app, inside `CommandProvider`. */
export function ShortcutHelp() {
  const t = useStrings(kitStrings);
  const [open, setOpen] = useState(false);
  const { commands, singleKeys } = useCommandList();
  useCommand({ id: 'kit.help', label: t('help'), shortcut: '[Shift]+?', run: () => setOpen(true) });
  return (
    <Dialog title={t('help')} isOpen={open} onClose={() => setOpen(false)}>
      {sections(commands, t('helpGeneral')).map(([section, listed]) => (
        <section key={section} className={css.section}>
          <h3>{section}</h3>
          <dl className={css.list}>
            {listed.map(({ id, label, shortcut = '' }) => (
              <div key={id} className={css.row}>
                <dt>{label}</dt>
                <dd>
                  {singleKeys || !isSingleKey(shortcut) ? (
                    <Shortcut keys={shortcut} />
                  ) : (
                    <span className={css.off}>{t('helpOff')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className={css.note}>{t('helpNote')}</p>
    </Dialog>
  );
}

/** The commands that have a shortcut, by section. */
function sections(
  commands: readonly Command[],
  general: string,
): readonly (readonly [section: string, commands: readonly Command[]])[] {
  const bySection = new Map<string, Command[]>();
  for (const command of commands) {
    if (command.shortcut === undefined) continue;
    const section = command.section ?? general;
    bySection.set(section, [...(bySection.get(section) ?? []), command]);
  }
  return [...bySection];
}
