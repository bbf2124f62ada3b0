import type { KnownPiece } from '../messaging/contract.ts';

/**
 * The popup's sentences. Not i18next, which the popup cannot afford: plain functions, one object a language, of one shape.
 */
const fr = {
  heading: 'Verser cette page dans un dossier',
  title: 'Titre',
  legal: 'Référence juridique',
  site: 'Site',
  dossier: 'Dossier',
  team: 'Équipe',
  typeDossier: 'Nom du dossier',
  create: (name: string) => `Créer «\u00a0${name}\u00a0»`,
  version: (number: number, name: string) => `Nouvelle version (n°\u00a0${number}) dans «\u00a0${name}\u00a0»`,
  step: (form: string, name: string) => `Ajouter comme étape à «\u00a0${form}\u00a0», dans «\u00a0${name}\u00a0»`,
  form: {
    reading: 'Lecture du formulaire…',
    none: 'Aucun formulaire n’a pu être lu dans cette page.',
    kept: (count: number) =>
      count < 2 ? `${count} champ sera gardé avec sa valeur.` : `${count} champs seront gardés avec leurs valeurs.`,
    dropped: (count: number) =>
      count < 2 ? `${count} champ protégé ne sera pas lu.` : `${count} champs protégés ne seront pas lus.`,
    which: 'Lesquels\u202f?',
    masked: 'Numéros personnels, gardés seulement si vous les cochez',
    frames: (count: number) =>
      count < 2
        ? `${count} cadre d’un autre site ne peut pas être lu.`
        : `${count} cadres d’autres sites ne peuvent pas être lus.`,
    unnamed: 'Champ sans nom',
    notKept: (count: number) =>
      count < 2
        ? `${count} champ protégé n’a pas été enregistré.`
        : `${count} champs protégés n’ont pas été enregistrés.`,
    stepAdded: 'Étape ajoutée à ',
    stepUndone: 'Étape retirée.',
    lost: 'Le formulaire n’a pas pu être lu\u00a0: la page a été gardée sans lui.',
  },
  fill: {
    heading: 'Remplir ce formulaire',
    open: 'Remplir depuis un dossier…',
    from: 'Avec les valeurs de',
    template: 'modèle',
    source: (title: string, name: string) => `${title}, dans «\u00a0${name}\u00a0»`,
    reading: 'Recherche des champs…',
    toFill: 'Champs à remplir',
    replaces: (now: string) => `Remplacerait «\u00a0${now}\u00a0»`,
    nothing: 'Aucun champ de cette page n’est à remplir avec ce formulaire.',
    others: {
      same: (count: number) =>
        count < 2 ? `${count} champ contient déjà cette valeur` : `${count} champs contiennent déjà ces valeurs`,
      missing: (count: number) =>
        count < 2 ? `${count} champ introuvable dans cette page` : `${count} champs introuvables dans cette page`,
      denied: (count: number) =>
        count < 2 ? `${count} champ protégé, jamais rempli` : `${count} champs protégés, jamais remplis`,
      blocked: (count: number) =>
        count < 2 ? `${count} champ qui ne peut pas être rempli` : `${count} champs qui ne peuvent pas être remplis`,
    },
    neverSends: 'Rien n’est envoyé\u00a0: relisez, puis envoyez vous-même.',
    go: (count: number) => (count < 2 ? `Remplir ${count} champ` : `Remplir ${count} champs`),
    filling: 'Remplissage…',
    filled: (count: number) => (count < 2 ? `${count} champ rempli.` : `${count} champs remplis.`),
    notFilled: 'Champs non remplis',
    outcomes: {
      refused: 'La page n’a pas accepté cette valeur.',
      gone: 'Ce champ n’est plus dans la page.',
      denied: 'Ce champ demande maintenant un secret.',
    },
    failures: {
      'not-found': 'Ce formulaire n’est plus dans le dossier. Rien n’a été rempli.',
      forbidden: 'Ce formulaire vient d’un autre site. Rien n’a été rempli.',
      'no-form': 'Cette page n’a plus de formulaire à lire. Rien n’a été rempli.',
    },
    failed: 'Le remplissage n’a pas abouti. Relisez les champs de la page.',
    back: 'Retour',
    empty: 'Vide',
    yes: 'Oui',
    no: 'Non',
  },
  /** The page was clipped before. */
  known: (places: string) => `Déjà dans ${places}.`,
  place: (title: string, version: number, day: string) => `«\u00a0${title}\u00a0» (version\u00a0${version}, ${day})`,
  keep: 'Garder',
  takes: {
    page: 'La page',
    form: 'Le formulaire',
    selection: 'La sélection',
    file: 'Le fichier',
    visible: 'Écran visible',
    'full-page': 'Page entière en image',
    address: 'L’adresse seule',
  },
  underway: 'Lecture de la page…',
  stop: 'Arrêter',
  dossiers: 'Dossiers',
  noDossier: 'Tapez le nom d’un dossier.',
  firstDossier: 'À classer',
  save: 'Verser dans le dossier',
  saving: 'Enregistrement…',
  /** Around the dossier's title. */
  added: 'Pièce ajoutée à ',
  addressAdded: 'Adresse gardée dans ',
  undone: 'Pièce placée dans la corbeille.',
  onDevice: 'Enregistré sur cet appareil.',
  open: 'Ouvrir',
  undo: 'Annuler',
  except: (things: string) => `Page enregistrée, sauf ${things}.`,
  complete: (sites: string) => `Compléter depuis ${sites}…`,
  completed: 'Page complétée.',
  partly: 'Page complétée en partie.',
  notCompleted: 'La page reste telle qu’elle a été enregistrée.',
  and: ' et ',
  close: 'Fermer',
  openApp: 'Ouvrir Liasse',
  openPanel: 'Ouvrir le volet',
  addressOnly: 'Seule son adresse sera gardée.',
  addressKept: 'La page n’était plus accessible\u00a0: seule son adresse a été gardée.',
  retry: 'Recommencer',
  because: {
    store: 'Les navigateurs ne laissent aucune extension lire les pages de ce magasin.',
    file: 'Liasse n’a pas accès aux fichiers de cet ordinateur. Autorisez-la dans la page des extensions du navigateur.',
    'not-granted': 'Cette page n’admet pas d’extension.',
    browser: 'Cette page appartient au navigateur\u00a0: elle ne peut pas être enregistrée.',
    extension: 'Cette page appartient à une extension\u00a0: elle ne peut pas être enregistrée.',
    policy: 'Votre administration n’autorise pas la capture de ce site.',
    unknown:
      'Le navigateur ne laisse aucune extension lire cette page\u00a0: c’est une des siennes, un magasin d’extensions ou un fichier.',
  },
  askAdministration: 'Votre service informatique peut ajouter ce site à la liste de ceux qui sont autorisés.',
  privately: {
    note: 'Cette fenêtre est privée. Une page versée reste dans Liasse après sa fermeture, et votre équipe la verra.',
    keep: 'Garder cette page malgré la fenêtre privée',
  },
  nothing: 'Pour garder ce contenu, ouvrez-le sur une page web, puis cliquez de nouveau sur l’icône de Liasse.',
  kinds: {
    image: (count: number) => (count < 2 ? `${count} image` : `${count} images`),
    frame: (count: number) => (count < 2 ? `${count} cadre` : `${count} cadres`),
    media: (count: number) => (count < 2 ? `${count} média` : `${count} médias`),
    style: (count: number) => (count < 2 ? `${count} feuille de style` : `${count} feuilles de style`),
    font: (count: number) => (count < 2 ? `${count} police` : `${count} polices`),
    canvas: (count: number) => (count < 2 ? `${count} dessin` : `${count} dessins`),
    shadow: (count: number) => (count < 2 ? `${count} composant` : `${count} composants`),
    text: (count: number) => (count < 2 ? `${count} bloc de texte` : `${count} blocs de texte`),
    view: (count: number) => (count < 2 ? `${count} écran de la page` : `${count} écrans de la page`),
    other: (count: number) => (count < 2 ? `${count} élément de décor` : `${count} éléments de décor`),
  },
  refusals: {
    'no-space': 'Cet appareil n’a plus d’espace. La page n’est pas enregistrée. Libérez de l’espace, puis recommencez.',
    'read-only': 'Vous pouvez lire ce dossier, mais pas le modifier. Choisissez-en un autre.',
    'not-found': 'Ce dossier n’existe plus sur cet appareil. Choisissez-en un autre.',
    'private-window': 'Cette fenêtre est privée. Rien n’a été enregistré. Cochez la case pour garder cette page.',
    'site-not-allowed': 'Votre administration n’autorise pas la capture de ce site. Rien n’a été enregistré.',
    'no-form': 'Cette page n’a plus de formulaire à lire. Rien n’a été enregistré. Rechargez-la, puis recommencez.',
    secret: 'Ce formulaire contient un secret qui ne peut pas être gardé. Rien n’a été enregistré.',
    'unsupported-page': 'L’adresse de cette page ne peut pas être gardée. Rien n’a été enregistré.',
    'too-large': 'Cette page est trop volumineuse. Rien n’a été enregistré.',
  },
  refused: 'Cette page n’a pas pu être versée dans ce dossier. Rien n’a été enregistré.',
  failed: 'L’enregistrement n’a pas abouti. Ce qui a pu être lu est gardé, et Liasse recommencera.',
};

type PopupStrings = typeof fr;

const en: PopupStrings = {
  heading: 'Put this page into a dossier',
  title: 'Title',
  legal: 'Legal reference',
  site: 'Site',
  dossier: 'Dossier',
  team: 'Team',
  typeDossier: 'Name of the dossier',
  create: (name) => `Create “${name}”`,
  dossiers: 'Dossiers',
  noDossier: 'Type the name of a dossier.',
  firstDossier: 'To be filed',
  step: (form, name) => `Add as a step to “${form}”, in “${name}”`,
  form: {
    reading: 'Reading the form…',
    none: 'No form could be read in this page.',
    kept: (count) =>
      count === 1 ? '1 field will be kept with its value.' : `${count} fields will be kept with their values.`,
    dropped: (count) =>
      count === 1 ? '1 protected field will not be read.' : `${count} protected fields will not be read.`,
    which: 'Which ones?',
    masked: 'Personal numbers, kept only if you tick them',
    frames: (count) =>
      count === 1 ? '1 frame of another site cannot be read.' : `${count} frames of other sites cannot be read.`,
    unnamed: 'Field without a name',
    notKept: (count) =>
      count === 1 ? '1 protected field was not saved.' : `${count} protected fields were not saved.`,
    stepAdded: 'Step added to ',
    stepUndone: 'Step taken back.',
    lost: 'The form could not be read: the page was kept without it.',
  },
  fill: {
    heading: 'Fill this form',
    open: 'Fill from a dossier…',
    from: 'With the values of',
    template: 'template',
    source: (title, name) => `${title}, in “${name}”`,
    reading: 'Looking for the fields…',
    toFill: 'Fields to fill',
    replaces: (now) => `Would replace “${now}”`,
    nothing: 'No field of this page is to be filled from this form.',
    others: {
      same: (count) => (count === 1 ? '1 field already holds this value' : `${count} fields already hold these values`),
      missing: (count) => (count === 1 ? '1 field not found in this page' : `${count} fields not found in this page`),
      denied: (count) => (count === 1 ? '1 protected field, never filled' : `${count} protected fields, never filled`),
      blocked: (count) => (count === 1 ? '1 field that cannot be filled' : `${count} fields that cannot be filled`),
    },
    neverSends: 'Nothing is sent: read it again, then send it yourself.',
    go: (count) => (count === 1 ? 'Fill 1 field' : `Fill ${count} fields`),
    filling: 'Filling…',
    filled: (count) => (count === 1 ? '1 field filled.' : `${count} fields filled.`),
    notFilled: 'Fields that were not filled',
    outcomes: {
      refused: 'The page did not take this value.',
      gone: 'This field is no longer in the page.',
      denied: 'This field now asks for a secret.',
    },
    failures: {
      'not-found': 'This form is no longer in the dossier. Nothing was filled.',
      forbidden: 'This form is of another site. Nothing was filled.',
      'no-form': 'This page no longer has a form to read. Nothing was filled.',
    },
    failed: 'Filling did not end well. Read the fields of the page again.',
    back: 'Back',
    empty: 'Empty',
    yes: 'Yes',
    no: 'No',
  },
  version: (number, name) => `New version (no. ${number}) in “${name}”`,
  known: (places) => `Already in ${places}.`,
  place: (title, version, day) => `“${title}” (version ${version}, ${day})`,
  keep: 'Keep',
  takes: {
    page: 'The page',
    form: 'The form',
    selection: 'The selection',
    file: 'The file',
    visible: 'Visible screen',
    'full-page': 'Whole page as an image',
    address: 'The address alone',
  },
  underway: 'Reading the page…',
  stop: 'Stop',
  save: 'Add to the dossier',
  saving: 'Saving…',
  added: 'Piece added to ',
  addressAdded: 'Address kept in ',
  undone: 'Piece put in the trash.',
  onDevice: 'Saved on this device.',
  open: 'Open',
  undo: 'Undo',
  except: (things) => `Page saved, except ${things}.`,
  complete: (sites) => `Complete from ${sites}…`,
  completed: 'Page completed.',
  partly: 'Page completed in part.',
  notCompleted: 'The page stays as it was saved.',
  and: ' and ',
  close: 'Close',
  openApp: 'Open Liasse',
  openPanel: 'Open the side panel',
  addressOnly: 'Only its address will be kept.',
  addressKept: 'The page could no longer be reached: only its address was kept.',
  retry: 'Try again',
  because: {
    store: 'Browsers let no extension read the pages of this store.',
    file: 'Liasse has no access to the files of this computer. Allow it in the browser’s page of extensions.',
    'not-granted': 'This page admits no extension.',
    browser: 'This page belongs to the browser: it cannot be saved.',
    extension: 'This page belongs to an extension: it cannot be saved.',
    policy: 'Your administration does not allow this site to be captured.',
    unknown: 'The browser lets no extension read this page: it is its own, a store of extensions, or a file.',
  },
  askAdministration: 'Your IT service can add this site to the list of those that are allowed.',
  privately: {
    note: 'This window is private. A page that you clip stays in Liasse after it closes, and your team will see it.',
    keep: 'Keep this page although the window is private',
  },
  nothing: 'To keep this content, open it on a web page, then click the Liasse icon again.',
  kinds: {
    image: (count) => (count === 1 ? '1 image' : `${count} images`),
    frame: (count) => (count === 1 ? '1 frame' : `${count} frames`),
    media: (count) => (count === 1 ? '1 medium' : `${count} media`),
    style: (count) => (count === 1 ? '1 style sheet' : `${count} style sheets`),
    font: (count) => (count === 1 ? '1 font' : `${count} fonts`),
    canvas: (count) => (count === 1 ? '1 drawing' : `${count} drawings`),
    shadow: (count) => (count === 1 ? '1 component' : `${count} components`),
    text: (count) => (count === 1 ? '1 block of text' : `${count} blocks of text`),
    view: (count) => (count < 2 ? `${count} screen of the page` : `${count} screens of the page`),
    other: (count) => (count === 1 ? '1 ornament' : `${count} ornaments`),
  },
  refusals: {
    'no-space': 'This device has no space left. The page is not saved. Free some space, then try again.',
    'read-only': 'You can read this dossier but not edit it. Choose another one.',
    'not-found': 'This dossier is no longer on this device. Choose another one.',
    'private-window': 'This window is private. Nothing was saved. Tick the box to keep this page.',
    'site-not-allowed': 'Your administration does not allow this site to be captured. Nothing was saved.',
    'no-form': 'This page no longer has a form to read. Nothing was saved. Reload it, then try again.',
    secret: 'This form holds a secret that cannot be kept. Nothing was saved.',
    'unsupported-page': 'The address of this page cannot be kept. Nothing was saved.',
    'too-large': 'This page is too large. Nothing was saved.',
  },
  refused: 'This page could not be added to this dossier. Nothing was saved.',
  failed: 'Saving did not end well. What could be read is kept, and Liasse will try again.',
};

/** The popup's sentences, by language. */
export const popupStrings = { fr, en } as const;
export type { PopupStrings };

/** What could not be kept, in words: « 4 images et 1 cadre ». */
export function missingWords(
  missing: readonly { readonly kind: string; readonly count: number }[],
  strings: PopupStrings,
): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of missing) counts.set(kind, (counts.get(kind) ?? 0) + count);
  const words = [...counts].flatMap(([kind, count]) =>
    kind in strings.kinds ? [strings.kinds[kind as keyof PopupStrings['kinds']](count)] : [],
  );
  return joined(words, strings);
}

/** Where the page was clipped before, in words. */
export function knownWords(pieces: readonly KnownPiece[], strings: PopupStrings, language: 'fr' | 'en'): string {
  const days = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeZone: 'Europe/Paris',
  });
  const places = pieces.map(({ dossier, version, capturedAt }) =>
    strings.place(dossier.title, version, days.format(capturedAt)),
  );
  return strings.known(joined(places, strings));
}

/** « a, b et c » */
export function joined(words: readonly string[], strings: PopupStrings): string {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  return before.length === 0 ? last : `${before.join(', ')}${strings.and}${last}`;
}
