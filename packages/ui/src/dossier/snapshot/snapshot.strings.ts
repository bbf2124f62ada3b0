import { defineStrings } from '../../kit/index.ts';

/** What the snapshot's frame says. */
export const snapshotStrings = defineStrings('snapshot', {
  fr: {
    loadingParts: 'Chargement du cliché : {{done}} éléments sur {{of}}',
    partsAway_one: '{{count}} élément de ce cliché n’est pas encore arrivé. Sa place est marquée.',
    partsAway_other: '{{count}} éléments de ce cliché ne sont pas encore arrivés. Leur place est marquée.',
    tryAgain: 'Réessayer',
  },
  en: {
    loadingParts: 'Loading the snapshot: {{done}} of {{of}} parts',
    partsAway_one: '{{count}} part of this snapshot has not arrived yet. Its place is marked.',
    partsAway_other: '{{count}} parts of this snapshot have not arrived yet. Their places are marked.',
    tryAgain: 'Try again',
  },
});
