import type { DeviceSession } from '@liasse/core/protocol';
import { useEffect, useState } from 'react';
import { usePlatform, useSession } from '../app/context.tsx';
import { useDeviceName } from '../app/deviceName.ts';
import { usePage } from '../app/page.tsx';
import { paths } from '../app/paths.ts';
import type { Outcome } from '../app/platform.ts';
import { focusMain } from '../app/shell/Shell.tsx';
import {
  Button,
  Chip,
  ConfirmDialog,
  EmptyState,
  Link,
  RefusalNote,
  Screen,
  Skeleton,
  type ToldCode,
  useFormat,
  useStrings,
  useToast,
} from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** *Mes appareils*: where the person is signed in, and signing out there, or everywhere. */
export function DevicesScreen() {
  const t = useStrings(settingsStrings);
  const { server } = useSession();
  usePage(t('devices'), [{ label: t('title'), to: paths.settings }]);
  const inside = server !== null && !server.expired;
  return (
    <Screen title={t('devices')} width="reading">
      {inside ? (
        <Devices key={server.email} email={server.email} />
      ) : (
        <EmptyState action={<Link href={paths.settings}>{t('title')}</Link>}>{t('devicesNone')}</EmptyState>
      )}
    </Screen>
  );
}

function Devices({ email }: { readonly email: string }) {
  const t = useStrings(settingsStrings);
  const { devices } = usePlatform();
  const toast = useToast();
  const [list, setList] = useState<Outcome<readonly DeviceSession[]> | null>(null);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const [looks, setLooks] = useState(0);

  // Looked at again each time one was ended.
  useEffect(() => {
    let left = false;
    void devices.list().then((outcome) => !left && setList(outcome));
    return () => {
      left = true;
    };
  }, [devices, looks]);

  const end = async ({ id }: DeviceSession) => {
    const outcome = await devices.end(id);
    // One that was ended meanwhile is gone as well.
    const gone = outcome.ok || outcome.code === 'not-found';
    setRefusal(gone ? null : outcome.code);
    if (gone) {
      toast.show({ message: t('deviceEnded') });
      // The button that was pressed goes with its device.
      focusMain();
    }
    setLooks((before) => before + 1);
  };
  if (list === null) return <Skeleton count={4} />;
  if (!list.ok)
    return (
      <RefusalNote
        code={list.code}
        actions={<Button onPress={() => setLooks((before) => before + 1)}>{t('tryAgain')}</Button>}
      />
    );
  return (
    <div className={css.section}>
      <p>{t('devicesWhat', { email })}</p>
      {refusal && <RefusalNote code={refusal} />}
      <ul className={css.members}>
        {list.value.map((device) => (
          <DeviceRow key={device.id} device={device} onEnd={end} />
        ))}
      </ul>
      <EndAll />
    </div>
  );
}

interface DeviceRowProps {
  readonly device: DeviceSession;
  readonly onEnd: (device: DeviceSession) => Promise<void>;
}

function DeviceRow({ device, onEnd }: DeviceRowProps) {
  const t = useStrings(settingsStrings);
  const format = useFormat();
  const name = useDeviceName()(device);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    await onEnd(device);
    setBusy(false);
  };
  return (
    <li className={css.device}>
      <div className={css.deviceWords}>
        <p className={css.deviceName}>
          {name} {device.current && <Chip tone="accent">{t('thisDevice')}</Chip>}
        </p>
        <p className={css.muted}>
          {t('deviceTimes', { began: format.dayTime(device.createdAt), seen: format.dayTime(device.lastSeenAt) })}
        </p>
      </div>
      {!device.current && (
        <Button busy={busy} aria-label={t('endDeviceLabel', { name })} onPress={() => void end()}>
          {t('endDevice')}
        </Button>
      )}
    </li>
  );
}

function EndAll() {
  const t = useStrings(settingsStrings);
  const { devices } = usePlatform();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ToldCode | null>(null);
  const endAll = async () => {
    setBusy(true);
    const outcome = await devices.endAll();
    setBusy(false);
    setAsking(false);
    setRefusal(outcome.ok ? null : outcome.code);
    if (outcome.ok) toast.show({ message: t('signedOutEverywhere') });
  };
  return (
    <>
      <p className={css.muted}>{t('endAllWhat')}</p>
      {refusal && <RefusalNote code={refusal} />}
      <div>
        <Button variant="danger" onPress={() => setAsking(true)}>
          {t('endAll')}
        </Button>
      </div>
      <ConfirmDialog
        title={t('endAllTitle')}
        confirmLabel={t('endAll')}
        danger
        busy={busy}
        isOpen={asking}
        onConfirm={() => void endAll()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('endAllDetail')}</p>
      </ConfirmDialog>
    </>
  );
}
