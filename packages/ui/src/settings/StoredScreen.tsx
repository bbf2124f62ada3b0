import { useEffect, useState } from 'react';
import { useReplica, useSession, useWorkspace } from '../app/context.tsx';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import { Button, Screen, useFormat, useSnapshot, useStrings } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** What is stored where, in plain words. */
export function StoredScreen() {
  const t = useStrings(settingsStrings);
  const { server, workspaces } = useSession();
  const { local } = useWorkspace();
  usePage(t('stored'), [{ label: t('title'), to: paths.settings }]);
  return (
    <Screen title={t('stored')} width="reading">
      <div className={css.sections}>
        <p>{t('storedIntro')}</p>
        <section className={css.section}>
          <h2>{t('onDevice')}</h2>
          <p>{t('onDeviceWhat')}</p>
          <Space />
          {!local && <Ready />}
          <h3>{t('localTeams')}</h3>
          <ul>
            {workspaces
              .filter(({ local }) => local)
              .map(({ team }) => (
                <li key={team.id}>{team.name}</li>
              ))}
          </ul>
        </section>
        <section className={css.section}>
          <h2>{t('onServerTitle')}</h2>
          {server && <p className={css.muted}>{t('onServer', { origin: server.origin })}</p>}
          <p>{t(server ? 'onServerWhat' : 'onServerNone')}</p>
        </section>
        <section className={css.section}>
          <h2>{t('nowhereElse')}</h2>
          <p>{t('nowhereElseWhat')}</p>
        </section>
      </div>
    </Screen>
  );
}

/** Which of the server's documents are here, to be read without a network. */
function Ready() {
  const t = useStrings(settingsStrings);
  const format = useFormat();
  const { behind, readyAt } = useSnapshot(useReplica().following);
  return (
    <>
      <h3>{t('offlineReady')}</h3>
      <p role="status">
        {behind > 0
          ? t('offlineBehind', { count: behind })
          : t(readyAt === null ? 'offlineNotYet' : 'offlineAll', { time: format.time(readyAt ?? 0) })}
      </p>
      <p className={css.muted}>{t('offlineFiles')}</p>
    </>
  );
}

interface SpaceUsed {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly persisted: boolean;
}

/** What the browser says of its storage; nothing where it does not say. */
function Space() {
  const t = useStrings(settingsStrings);
  const format = useFormat();
  const [space, setSpace] = useState<SpaceUsed | null>(null);
  const ask = async () => {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    setSpace({ usedBytes: usage, quotaBytes: quota, persisted: await navigator.storage.persisted() });
  };
  useEffect(() => {
    // Absent on plain http off loopback, and in some private windows.
    if ('storage' in navigator) void ask();
  }, []);
  if (space === null) return null;
  return (
    <>
      <p>{t('onDeviceUsed', { used: format.bytes(space.usedBytes), quota: format.bytes(space.quotaBytes) })}</p>
      <p>{t(space.persisted ? 'onDeviceKept' : 'onDeviceNotKept')}</p>
      {!space.persisted && (
        <div>
          <Button onPress={() => void navigator.storage.persist().then(ask)}>{t('askKeep')}</Button>
        </div>
      )}
    </>
  );
}
