import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
} from 'react-aria-components';
import { Icon } from '../controls/Icon.tsx';
import { relevance } from '../fold.ts';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import css from './CommandPalette.module.css';
import { Shortcut } from './Kbd.tsx';
import { isSingleKey } from './keys.ts';
import type { Command } from './registry.ts';
import { useCommand, useCommandList } from './useCommand.tsx';

/** `Ctrl+K`: every command that can run now, found by its words. Once in the app, inside `CommandProvider`. */
export function CommandPalette() {
  const t = useStrings(kitStrings);
  const [open, setOpen] = useState(false);
  useCommand({ id: 'kit.palette', label: t('palette'), shortcut: '$mod+k', run: () => setOpen((was) => !was) });
  return (
    <ModalOverlay isOpen={open} onOpenChange={setOpen} isDismissable className={css.overlay ?? ''}>
      <Modal className={css.modal ?? ''}>
        <Dialog aria-label={t('palette')} className={css.dialog ?? ''}>
          {({ close }) => <Finder onDone={close} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const t = useStrings(kitStrings);
  const { commands, singleKeys } = useCommandList();
  const [query, setQuery] = useState('');
  const found = useMemo(() => rank(commands, query), [commands, query]);
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField autoFocus aria-label={t('palettePlaceholder')} className={css.field ?? ''}>
        <Icon icon={Search} size={20} />
        {/* A combobox whose list is always there: the arrows move in it, and the focus stays in the field. */}
        <Input role="combobox" aria-expanded placeholder={t('palettePlaceholder')} className={css.input ?? ''} />
      </SearchField>
      <ListBox<Command>
        aria-label={t('palette')}
        items={found}
        className={css.list ?? ''}
        renderEmptyState={() => <p className={css.empty}>{t('paletteEmpty')}</p>}
      >
        {(command) => (
          <ListBoxItem
            id={command.id}
            textValue={command.label}
            className={css.item ?? ''}
            onAction={() => {
              onDone();
              command.run();
            }}
          >
            <span className={css.label}>
              {command.label}
              {command.section !== undefined && <span className={css.section}>{command.section}</span>}
            </span>
            {command.shortcut !== undefined && (singleKeys || !isSingleKey(command.shortcut)) && (
              <Text slot="description" aria-hidden className={css.keys ?? ''}>
                <Shortcut keys={command.shortcut} />
              </Text>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}

/** The commands that answer `query`, best first; all of them, in their order, when nothing is typed. */
export function rank(commands: readonly Command[], query: string): readonly Command[] {
  const offered = commands.filter((command) => command.id !== 'kit.palette');
  if (query.trim() === '') return offered;
  return offered
    .map((command) => ({ command, score: score(command, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

// The words of the section find a command too, for less than its own.
const score = ({ label, section }: Command, query: string): number =>
  relevance(label, query) || relevance(`${label} ${section ?? ''}`, query) / 2;
