import { type Dossier, dayAt, setDossierDeadline } from '@liasse/core';
import { Ellipsis, History, Lock, Printer, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { paths, versionPaths } from '../app/paths.ts';
import { useEditable, useRun } from '../app/room.tsx';
import { useGo } from '../app/shell/go.ts';
import {
  Badge,
  Button,
  DateField,
  ErrorNote,
  IconButton,
  InlineEdit,
  MenuItem,
  MenuTrigger,
  RedFlag,
  Screen,
  useFormat,
  useStrings,
} from '../kit/index.ts';
import { AccessDialog } from './access/AccessDialog.tsx';
import { AccessItem } from './access/AccessItem.tsx';
import { accessStrings } from './access/access.strings.ts';
import css from './dossier.module.css';
import { dossierStrings } from './dossier.strings.ts';
import { evidenceStrings } from './evidence/evidence.strings.ts';
import { ListMismatch } from './ListMismatch.tsx';
import { useWho } from './names.ts';
import { PutOnBoard } from './PutOnBoard.tsx';
import { SectionTabs } from './SectionTabs.tsx';
import { type Section, slipPrintPath } from './sections.ts';
import { useDossierActs } from './teamActs.ts';

interface DossierHeaderProps {
  readonly dossier: Dossier;
  readonly section: Section;
  readonly children: ReactNode;
}

/** A dossier's title, what can be done with it as a whole, and its parts. */
export function DossierHeader({ dossier, section, children }: DossierHeaderProps) {
  const t = useStrings(dossierStrings);
  const evidence = useStrings(evidenceStrings);
  const access = useStrings(accessStrings);
  const [settingAccess, setSettingAccess] = useState(false);
  const format = useFormat();
  const who = useWho();
  const editable = useEditable() && dossier.trashed === null;
  const acts = useDossierActs();
  const go = useGo();
  const { local } = useWorkspace();
  const trash = async () => {
    await acts.trash(dossier);
    go(paths.dossiers);
  };

  return (
    <Screen
      title={dossier.title}
      titleEdit={
        <InlineEdit
          value={dossier.title}
          label={t('dossierTitle')}
          isReadOnly={!editable}
          onSave={(title) => void acts.rename(dossier, title)}
        />
      }
      actions={
        <>
          {/* A card would show the whole team its title. */}
          {editable && !dossier.restricted && <PutOnBoard dossier={dossier} />}
          <MenuTrigger
            trigger={<IconButton icon={Ellipsis} label={t('actionsOn', { title: dossier.title })} tooltip={false} />}
            placement="bottom end"
          >
            <MenuItem icon={Printer} onAction={() => go(slipPrintPath(dossier.id))}>
              {evidence('printSlip')}
            </MenuItem>
            {!local && (
              <MenuItem icon={History} onAction={() => go(versionPaths.dossier(dossier.id))}>
                {t('allVersions')}
              </MenuItem>
            )}
            {editable && <AccessItem dossier={dossier} onAction={() => setSettingAccess(true)} />}
            {editable && (
              <MenuItem icon={Trash2} danger onAction={() => void trash()}>
                {t('toTrash')}
              </MenuItem>
            )}
          </MenuTrigger>
          {settingAccess && <AccessDialog dossier={dossier} onClose={() => setSettingAccess(false)} />}
        </>
      }
      meta={
        <>
          {dossier.restricted && <Badge icon={Lock}>{access('restricted')}</Badge>}
          <span>{t('createdBy', { day: format.day(dayAt(dossier.createdAt)), who: who(dossier.createdBy) })}</span>
          <Deadline dossier={dossier} editable={editable} />
        </>
      }
      toolbar={<SectionTabs dossier={dossier} section={section} />}
    >
      {dossier.trashed !== null && (
        <ErrorNote
          role="status"
          happened={t('inTrash')}
          actions={<Button onPress={() => void acts.restore(dossier)}>{t('restore')}</Button>}
        />
      )}
      {dossier.trashed === null && <ListMismatch dossier={dossier} />}
      <div className={css.section}>{children}</div>
    </Screen>
  );
}

function Deadline({ dossier, editable }: { readonly dossier: Dossier; readonly editable: boolean }) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const run = useRun();
  const today = dayAt(usePlatform().clock.now());
  const { deadline } = dossier;
  return (
    <span className={css.deadline}>
      {editable ? (
        <DateField
          label={t('deadline')}
          value={deadline}
          onChange={(day) => run(setDossierDeadline, { deadline: day })}
          className={css.date ?? ''}
        />
      ) : (
        deadline !== null && <span>{t('dueOn', { day: format.day(deadline, today) })}</span>
      )}
      {deadline !== null && deadline < today && <RedFlag>{format.relativeDay(deadline, today)}</RedFlag>}
    </span>
  );
}
