import { defineStrings } from '../kit/index.ts';

export const dayStrings = defineStrings('day', {
  fr: {
    title: 'Ma journée',
    today: 'Nous sommes le {{day}}.',
    empty: 'Rien pour aujourd’hui. Les cartes à échéance, ce qui est bloqué et les réunions du jour apparaîtront ici.',
    trySample: 'Découvrir avec une équipe d’exemple',
    toBoard: 'Ouvrir le planning',
    sampleFailed: 'L’équipe d’exemple n’a pas pu être créée. Rien n’a été gardé.',
  },
  en: {
    title: 'My day',
    today: 'Today is {{day}}.',
    empty: 'Nothing for today. Cards that are due, what is blocked and the day’s meetings will appear here.',
    trySample: 'Discover with a sample team',
    toBoard: 'Open the planning',
    sampleFailed: 'The sample team could not be made. Nothing was kept.',
  },
});
