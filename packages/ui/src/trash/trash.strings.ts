import { defineStrings } from '../kit/index.ts';

export const trashStrings = defineStrings('trash', {
  fr: {
    title: 'Corbeille',
    meta: 'Ce qui est ici peut être restauré par toute personne qui peut modifier.',
    empty: 'La corbeille est vide.',
  },
  en: {
    title: 'Trash',
    meta: 'What is here can be restored by anyone who can edit.',
    empty: 'The trash is empty.',
  },
});
