import { Button, EmptyState, Screen, useStrings } from '../kit/index.ts';
import { appStrings } from './app.strings.ts';
import { usePage } from './page.tsx';
import { paths } from './paths.ts';
import { useGo } from './shell/go.ts';

/** An address that leads nowhere. */
export function Lost() {
  const t = useStrings(appStrings);
  const go = useGo();
  usePage(t('lost'));
  return (
    <Screen title={t('lost')}>
      <EmptyState action={<Button onPress={() => go(paths.day)}>{t('toDay')}</Button>}>{t('notFound')}</EmptyState>
    </Screen>
  );
}

/** An address in a team that this device does not know. */
export function UnknownTeam() {
  const t = useStrings(appStrings);
  const go = useGo();
  usePage(t('lost'));
  return (
    <Screen title={t('lost')}>
      <EmptyState action={<Button onPress={() => go(paths.settings)}>{t('toSettings')}</Button>}>
        {t('unknownTeam')} {t('unknownTeamDo')}
      </EmptyState>
    </Screen>
  );
}
