import { documentFormatView } from '@liasse/core';
import { Button } from '../kit/controls/Button.tsx';
import { cx } from '../kit/cx.ts';
import { useRefusalText } from '../kit/language/refusalText.ts';
import { useStrings } from '../kit/language/strings.ts';
import { useOpenDoc, useSnapshot, useView } from '../kit/useView.ts';
import { appStrings } from './app.strings.ts';
import { useReplica, useWorkspace } from './context.tsx';
import { ExportButton } from './ExportButton.tsx';
import { useOnScreen } from './page.tsx';
import { paths } from './paths.ts';
import css from './RoomBanner.module.css';
import { useGo } from './shell/go.ts';
import { useTrouble } from './useTrouble.ts';

/** Why the document on screen cannot be edited, when it cannot; and a way to keep what may be nowhere else. */
export function RoomBanner() {
  const t = useStrings(appStrings);
  const refusalText = useRefusalText();
  const format = useView(documentFormatView);
  const { role } = useWorkspace().team;
  const trouble = useTrouble();
  const refused = useRefusedHere();
  const go = useGo();
  if (trouble === 'no-space' || trouble === 'forbidden')
    return (
      <div className={cx(css.banner, css.danger)}>
        <p>{trouble === 'no-space' ? refusalText('no-space') : t('withdrawn')}</p>
        <ExportShown />
      </div>
    );
  if (refused > 0)
    return (
      <div className={cx(css.banner, css.danger)}>
        <p>{t('refusedHere', { count: refused })}</p>
        <Button size="compact" onPress={() => go(paths.drafts)}>
          {t('seeDrafts', { count: 1 })}
        </Button>
      </div>
    );
  if (!format.writable) return <p className={css.banner}>{t('newerDocument')}</p>;
  if (role === 'reader') return <p className={css.banner}>{t('readOnly')}</p>;
  return null;
}

/** How many edits of the document on screen are kept in drafts, refused. */
function useRefusedHere(): number {
  const { room } = useOpenDoc();
  const drafts = useSnapshot(useReplica().drafts);
  return drafts.reduce((sum, draft) => (draft.room === room ? sum + draft.edits : sum), 0);
}

function ExportShown() {
  const onScreen = useOnScreen();
  return onScreen && <NamedByPage onScreen={onScreen} />;
}

function NamedByPage({ onScreen }: { readonly onScreen: NonNullable<ReturnType<typeof useOnScreen>> }) {
  const t = useStrings(appStrings);
  const page = useSnapshot(onScreen.page);
  return <ExportButton room={useOpenDoc().room} name={page?.title ?? t('appName')} />;
}
