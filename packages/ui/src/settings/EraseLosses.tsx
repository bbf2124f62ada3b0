import { useReplica, useSession } from '../app/context.tsx';
import { useSnapshot, useStrings } from '../kit/index.ts';
import { settingsStrings } from './settings.strings.ts';

/** What erasing this device takes away, and what stays elsewhere. */
export function EraseLosses() {
  const t = useStrings(settingsStrings);
  const { server, workspaces } = useSession();
  const { unsent } = useSnapshot(useReplica().sync);
  const local = workspaces.find((workspace) => workspace.local && !workspace.sample);
  return (
    <>
      <p>{t('eraseWhat')}</p>
      {server && <p>{t('eraseServer')}</p>}
      {server && unsent > 0 && <p>{t('eraseUnsent', { count: unsent })}</p>}
      {local && <p>{t('eraseLocal', { name: local.team.name })}</p>}
    </>
  );
}
