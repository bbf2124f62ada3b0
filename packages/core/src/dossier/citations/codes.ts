/** The French codes that administrations cite most, by the names they are cited under. */
export const FRENCH_CODES = [
  'code des relations entre le public et l’administration',
  'code général des collectivités territoriales',
  'code général de la fonction publique',
  'code général de la propriété des personnes publiques',
  'code général des impôts',
  'code de l’action sociale et des familles',
  'code de l’éducation',
  'code de l’environnement',
  'code de l’énergie',
  'code de l’urbanisme',
  'code de l’entrée et du séjour des étrangers et du droit d’asile',
  'code de la commande publique',
  'code de la construction et de l’habitation',
  'code de la consommation',
  'code de la défense',
  'code de la justice administrative',
  'code de justice administrative',
  'code de la propriété intellectuelle',
  'code de la recherche',
  'code de la route',
  'code de la santé publique',
  'code de la sécurité intérieure',
  'code de la sécurité sociale',
  'code de la voirie routière',
  'code de procédure civile',
  'code de procédure pénale',
  'code des juridictions financières',
  'code des transports',
  'code du patrimoine',
  'code du sport',
  'code du travail',
  'code rural et de la pêche maritime',
  'code forestier',
  'code électoral',
  'code monétaire et financier',
  'code civil',
  'code de commerce',
  'code pénal',
  'livre des procédures fiscales',
] as const;

/** Matches any of them, with either apostrophe and any space between words. Longest first: some names begin as others do. */
export const codePattern: string = [...FRENCH_CODES]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replaceAll(' ', '\\s{1,3}').replaceAll('’', "['’]"))
  .join('|');

/** The name as this list writes it; null when it is not in it. */
export function codeNamed(text: string): string | null {
  const plain = (name: string) => name.replace(/\s+/gu, ' ').replaceAll("'", '’').toLowerCase();
  return FRENCH_CODES.find((name) => name === plain(text)) ?? null;
}
