import { usePlatform, usePreferences } from '../app/context.tsx';
import { SegmentedControl, Switch, useStrings } from '../kit/index.ts';
import css from './Settings.module.css';
import { settingsStrings } from './settings.strings.ts';

/** How the app looks and listens on this device. Each choice holds at once. */
export function DisplaySection() {
  const t = useStrings(settingsStrings);
  const platform = usePlatform();
  const { language, theme, singleKeys } = usePreferences();
  return (
    <section className={css.section}>
      <h2>{t('display')}</h2>
      <div className={css.labelled}>
        <span className={css.label} aria-hidden="true">
          {t('language')}
        </span>
        <SegmentedControl
          label={t('language')}
          segments={[
            { id: 'fr', label: t('french') },
            { id: 'en', label: t('english') },
          ]}
          value={language}
          onChange={(chosen) => platform.setPreferences({ language: chosen })}
        />
      </div>
      <div className={css.labelled}>
        <span className={css.label} aria-hidden="true">
          {t('theme')}
        </span>
        <SegmentedControl
          label={t('theme')}
          segments={[
            { id: 'system', label: t('themeSystem') },
            { id: 'light', label: t('themeLight') },
            { id: 'dark', label: t('themeDark') },
          ]}
          value={theme}
          onChange={(chosen) => platform.setPreferences({ theme: chosen })}
        />
      </div>
      <Switch
        isSelected={singleKeys}
        onChange={(on) => platform.setPreferences({ singleKeys: on })}
        detail={t('singleKeysDetail')}
      >
        {t('singleKeys')}
      </Switch>
    </section>
  );
}
