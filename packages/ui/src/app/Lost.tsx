import { Button } from '../kit/controls/Button.tsx';
import { EmptyState } from '../kit/feedback/EmptyState.tsx';
import { useStrings } from '../kit/language/strings.ts';
import { appStrings } from './app.strings.ts';
import { paths } from './paths.ts';
import { useGo } from './shell/go.ts';

/** An address that leads nowhere. */
export function Lost() {
  const t = useStrings(appStrings);
  const go = useGo();
  return <EmptyState action={<Button onPress={() => go(paths.day)}>{t('toDay')}</Button>}>{t('notFound')}</EmptyState>;
}

/** An address in a team that this device does not know. */
export function UnknownTeam() {
  const t = useStrings(appStrings);
  const go = useGo();
  return (
    <EmptyState action={<Button onPress={() => go(paths.settings)}>{t('toSettings')}</Button>}>
      {t('unknownTeam')} {t('unknownTeamDo')}
    </EmptyState>
  );
}
