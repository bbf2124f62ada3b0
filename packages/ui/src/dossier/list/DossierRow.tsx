import { type DossierEntry, dayAt } from '@liasse/core';
import { Ellipsis, FolderClosed, PenLine, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { paths } from '../../app/paths.ts';
import {
  Icon,
  IconButton,
  InlineEdit,
  ListRow,
  MenuItem,
  MenuTrigger,
  useFocusBack,
  useFormat,
  useStrings,
} from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { useDossierActs } from '../teamActs.ts';

interface DossierRowProps {
  readonly entry: DossierEntry;
  readonly editable: boolean;
}

/** One dossier of the list: opened by its whole row, renamed where it stands. */
export function DossierRow({ entry, editable }: DossierRowProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const acts = useDossierActs();
  const [renaming, setRenaming] = useState(false);
  const words = useRef<HTMLSpanElement>(null);
  useFocusBack(renaming, () => words.current?.closest('a'));
  const { id, title, registered } = entry;

  return (
    <ListRow
      leading={<Icon icon={FolderClosed} />}
      {...(!renaming && { href: paths.dossier(id) })}
      title={
        renaming ? (
          <InlineEdit
            value={title}
            label={t('dossierTitle')}
            startEditing
            onSave={(next) => void acts.rename(entry, next)}
            onEnd={() => setRenaming(false)}
          />
        ) : (
          <span ref={words}>{title}</span>
        )
      }
      meta={t('createdBy', { day: format.day(dayAt(registered.at)), who: who(registered.by) })}
      actions={
        editable &&
        !renaming && (
          <MenuTrigger
            trigger={<IconButton icon={Ellipsis} label={t('actionsOn', { title })} tooltip={false} />}
            placement="bottom end"
          >
            <MenuItem icon={PenLine} onAction={() => setRenaming(true)}>
              {t('rename')}
            </MenuItem>
            <MenuItem icon={Trash2} danger onAction={() => void acts.trash(entry)}>
              {t('toTrash')}
            </MenuItem>
          </MenuTrigger>
        )
      }
    />
  );
}
