import { defineStrings } from '../kit/index.ts';

/** The sample team, in the language of the interface when it is made: afterwards it is data like any other. */
export const sampleStrings = defineStrings('sample', {
  fr: {
    team: 'Bureau d’Amira (exemple)',
    todo: 'À faire',
    doing: 'En cours',
    done: 'Fait',

    dossierGrants: 'Subventions 2026 – associations sportives',
    dossierRemote: 'Télétravail – nouvelle note de service',
    noteGrants: 'Ce qu’il reste à vérifier',
    noteRemote: 'Questions des agents',

    pieceCircular: 'Campagne 2026 : calendrier et pièces demandées',
    pieceCircular1:
      'Les demandes sont reçues jusqu’au 15 décembre. Une demande incomplète est signalée sous huit jours.',
    pieceCircular2:
      'Chaque dossier contient le formulaire signé, le budget prévisionnel, les comptes du dernier exercice et un relevé d’identité bancaire.',
    pieceGrid: 'Grille d’instruction des demandes',
    pieceGrid1: 'L’instruction porte sur l’intérêt général du projet, son budget et la part des autres financeurs.',
    pieceRemote: 'Guide interne du télétravail',
    pieceRemote1: 'Trois jours au plus par semaine, fixes ou variables, avec l’accord du chef de service.',

    cardVisa: 'Obtenir le visa du contrôleur sur l’arrêté',
    cardVisaWhy: 'Le contrôleur attend le budget révisé',
    cardReminder: 'Relancer le club nautique pour son relevé bancaire',
    cardConvene: 'Envoyer les convocations du comité',
    cardCheck: 'Vérifier les 12 demandes reçues',
    cardNote: 'Rédiger la note de service télétravail',
    cardRooms: 'Réserver la salle du séminaire',
    cardLetter: 'Notifier les arrêtés de novembre',

    meetingCommittee: 'Comité de programmation des subventions',
    meetingRoom: 'Salle 214',
    itemMinutes: 'Approbation du relevé de décisions précédent',
    itemReview: 'Avancement de l’instruction',
    itemBudget: 'Répartition de l’enveloppe 2026',
    itemNext: 'Calendrier et questions diverses',
    direction: 'Direction des sports',
    budgetOffice: 'Bureau du budget',
    meetingWeekly: 'Point hebdomadaire du bureau',
  },
  en: {
    team: 'Amira’s office (sample)',
    todo: 'To do',
    doing: 'In progress',
    done: 'Done',

    dossierGrants: 'Grants 2026 – sports associations',
    dossierRemote: 'Remote work – new internal memo',
    noteGrants: 'What is left to check',
    noteRemote: 'Questions from staff',

    pieceCircular: '2026 campaign: calendar and documents required',
    pieceCircular1: 'Applications are received until 15 December. An incomplete one is reported within eight days.',
    pieceCircular2: 'Each application holds the signed form, the projected budget, the last accounts and bank details.',
    pieceGrid: 'Grid for examining applications',
    pieceGrid1:
      'The examination covers the general interest of the project, its budget and the share of other funders.',
    pieceRemote: 'Internal guide to remote work',
    pieceRemote1: 'Three days a week at most, fixed or variable, with the agreement of the head of service.',

    cardVisa: 'Obtain the controller’s visa on the order',
    cardVisaWhy: 'The controller is waiting for the revised budget',
    cardReminder: 'Remind the sailing club about its bank details',
    cardConvene: 'Send the notices for the committee',
    cardCheck: 'Check the 12 applications received',
    cardNote: 'Write the remote work memo',
    cardRooms: 'Book the seminar room',
    cardLetter: 'Notify the November orders',

    meetingCommittee: 'Grants programming committee',
    meetingRoom: 'Room 214',
    itemMinutes: 'Approval of the previous record of decisions',
    itemReview: 'Progress of the examination',
    itemBudget: 'Allocation of the 2026 budget',
    itemNext: 'Calendar and other business',
    direction: 'Sports directorate',
    budgetOffice: 'Budget office',
    meetingWeekly: 'Weekly office meeting',
  },
});
