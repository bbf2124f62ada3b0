import type { Device } from '@liasse/core/protocol';
import { defineStrings, useStrings } from '../kit/index.ts';

const deviceStrings = defineStrings('device', {
  fr: {
    on: '{{browser}} sous {{system}}',
    unknown: 'Appareil inconnu',
    extension: 'extension',
    web: 'application web',
    named: '{{name}} ({{what}})',
  },
  en: {
    on: '{{browser}} on {{system}}',
    unknown: 'Unknown device',
    extension: 'extension',
    web: 'web app',
    named: '{{name}} ({{what}})',
  },
});

/** What a device is called on screen: *Poste de l’accueil (Firefox sous Windows, extension)*. */
export function useDeviceName(): (device: Device) => string {
  const t = useStrings(deviceStrings);
  return ({ kind, browser, system, name }) => {
    const where = browser && system ? t('on', { browser, system }) : (browser ?? system ?? t('unknown'));
    const what = kind === 'other' ? where : `${where}, ${t(kind)}`;
    return name === null ? what : t('named', { name, what });
  };
}
