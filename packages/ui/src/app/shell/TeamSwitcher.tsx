import { ChevronsUpDown, Users } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from '../../kit/controls/Icon.tsx';
import { cx } from '../../kit/cx.ts';
import { useStrings } from '../../kit/language/strings.ts';
import { MenuItem, MenuTrigger } from '../../kit/overlays/Menu.tsx';
import { appStrings } from '../app.strings.ts';
import { useSession, useWorkspace } from '../context.tsx';
import { teamBase } from '../paths.ts';
import { useGo } from './go.ts';
import css from './TeamSwitcher.module.css';

/** The team on screen, and the way to another. With one team only, its name. */
export function TeamSwitcher({ compact }: { readonly compact: boolean }) {
  const t = useStrings(appStrings);
  const { workspaces } = useSession();
  const { team } = useWorkspace();
  const go = useGo();

  if (workspaces.length === 1)
    return compact ? null : (
      <p className={css.alone} title={team.name}>
        <span className={css.name}>{team.name}</span>
      </p>
    );
  return (
    <MenuTrigger
      label={t('switchTeam')}
      trigger={
        <AriaButton className={cx(css.button, compact && css.compact)} aria-label={t('teamNow', { name: team.name })}>
          <Icon icon={Users} size={20} />
          {!compact && <span className={css.name}>{team.name}</span>}
          {!compact && <Icon icon={ChevronsUpDown} />}
        </AriaButton>
      }
    >
      {workspaces.map((workspace) => (
        <MenuItem
          key={workspace.team.id}
          id={workspace.team.id}
          current={workspace.team.id === team.id}
          {...(workspace.local && { detail: t(workspace.sample ? 'sampleTeam' : 'localTeam') })}
          onAction={() => go(`~${teamBase(workspace.team.id)}/planning`)}
        >
          {workspace.team.name}
        </MenuItem>
      ))}
    </MenuTrigger>
  );
}
