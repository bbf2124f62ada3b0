import { defineStrings } from '../kit/language/strings.ts';

export const appStrings = defineStrings('app', {
  fr: {
    loading: 'Chargement…',
    roomFailed: 'Ce document ne peut pas être lu en ce moment.',
    roomFailedSafe:
      'Ce qui est enregistré sur cet appareil n’a pas été touché. Vous pouvez réessayer, ou recharger la page.',
    retry: 'Réessayer',
    details: 'Détails',
    newerDocument:
      'Ce document vient d’une version plus récente de Liasse. Il reste lisible. Mettez Liasse à jour pour le modifier.',
    readOnly: 'Vous lisez ce document. Vos droits dans l’équipe ne permettent pas de le modifier.',
  },
  en: {
    loading: 'Loading…',
    roomFailed: 'This document cannot be read at the moment.',
    roomFailedSafe: 'What is saved on this device was not touched. You can try again, or reload the page.',
    retry: 'Try again',
    details: 'Details',
    newerDocument: 'This document comes from a newer version of Liasse. It stays readable. Update Liasse to edit it.',
    readOnly: 'You are reading this document. Your rights in the team do not allow you to edit it.',
  },
});
