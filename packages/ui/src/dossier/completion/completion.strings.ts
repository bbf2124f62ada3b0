import { defineStrings } from '../../kit/index.ts';

/** What *Compléter…* says. */
export const completionStrings = defineStrings('completion', {
  fr: {
    complete: 'Compléter…',
    asks_one:
      'Votre navigateur vous demandera l’accès à {{sites}}. Liasse n’y envoie aucun identifiant et rend cet accès aussitôt.',
    asks_other:
      'Votre navigateur vous demandera l’accès à ces {{count}} sites : {{sites}}. Liasse n’y envoie aucun identifiant et rend cet accès aussitôt.',
    inExtension: 'Seule l’extension Liasse peut compléter cette page, sur l’appareil qui l’a enregistrée.',
    completed: 'Page complétée. La première copie est conservée.',
    partly_one: '{{count}} élément n’a pas été trouvé.',
    partly_other: '{{count}} éléments n’ont pas été trouvés.',
    frames: 'Les cadres ne sont lus que tant que la page est ouverte dans son onglet.',
    refused: 'Accès refusé. La page reste telle qu’elle a été enregistrée.',
    failed: 'La page n’a pas pu être complétée. Elle reste telle qu’elle a été enregistrée.',
  },
  en: {
    complete: 'Complete…',
    asks_one:
      'Your browser will ask you for access to {{sites}}. Liasse sends it no credentials and gives the access back at once.',
    asks_other:
      'Your browser will ask you for access to these {{count}} sites: {{sites}}. Liasse sends them no credentials and gives the access back at once.',
    inExtension: 'Only the Liasse extension can complete this page, on the device that saved it.',
    completed: 'Page completed. The first copy is kept.',
    partly_one: '{{count}} element was not found.',
    partly_other: '{{count}} elements were not found.',
    frames: 'Frames can only be read while the page is open in its tab.',
    refused: 'Access refused. The page stays as it was saved.',
    failed: 'The page could not be completed. It stays as it was saved.',
  },
});
