import { defineStrings } from '../kit/language/strings.ts';

export const eraseStrings = defineStrings('erase', {
  fr: {
    erase: 'Effacer',
    eraseNamed: 'Effacer définitivement « {{title}} »',
    title: 'Effacer définitivement',
    what: '« {{title}} » sera effacé du serveur et de tous les appareils de l’équipe, avec ses versions et ses fichiers. Personne ne pourra le retrouver.',
    unsent: 'Ce que quelqu’un n’a pas encore envoyé restera sur son appareil, en brouillon.',
    type: 'Pour confirmer, écrivez le titre',
    cancel: 'Annuler',
    doErase: 'Effacer définitivement',
    erased: '« {{title}} » a été effacé.',
  },
  en: {
    erase: 'Erase',
    eraseNamed: 'Erase “{{title}}” for good',
    title: 'Erase for good',
    what: '“{{title}}” will be erased from the server and from all devices of the team, with its versions and its files. Nobody will be able to get it back.',
    unsent: 'What someone has not sent yet stays on their device, as a draft.',
    type: 'To confirm, write the title',
    cancel: 'Cancel',
    doErase: 'Erase for good',
    erased: '“{{title}}” was erased.',
  },
});
