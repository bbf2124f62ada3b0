/**
 * Words by which pages name what is never kept, in their names, ids and labels: in the languages of the Union's forms and of the
 * sites that its offices use. Matched on text without accents, in small letters, with `_`, `-` and capitals as spaces.
 */

const PASSWORD = new RegExp(
  [
    // So much their own that names are made around them: `txtloginpassword2`.
    'passw(?:or[dt]|d)|passphrase|motde?passe|kennwort|contrasena|wachtwoord|losenord|adgangskode|salasana|slaptazodis',
    '\\b(?:pass ?(?:word|wd|code|phrase|key)s?|pwd|psw|pswd|mdp|mots? (?:de )?passe|code (?:secret|confidentiel|pin)|pin(?: ?code)?)\\d*\\b',
    '^(?:(?:user|login|account|my|new|old|current|confirm|re) ?)?pass\\d*$',
    '\\b(?:clave|senha|palavra ?passe|passord|heslo|jelszo|parola?|sifre|lozinka|geslo)\\d*\\b|\\bhas[lł]o',
    'парол|密码|密碼|パスワード|비밀번호|كلمة (?:المرور|السر)|κωδικ',
  ].join('|'),
  'u',
);

/** `carte` and `card` alone also name identity and staff cards, which are kept; `cc` alone is who gets a copy. */
const CARD = new RegExp(
  [
    '\\b(?:credit|debit|payment|bank) ?card|carte ?(?:bancaire|bleue|de (?:credit|debit|paiement))|kreditkarte|tarjeta de (?:credito|debito)',
    '\\b(?:cc|cb|card|karten?) ?(?:num(?:ber|ero|mer)?|no|nr|holder|owner|name|exp\\w*|month|year|cvc|cvv|csc|security|verif\\w*|code)\\b',
    '\\b(?:numero|num|no|n) (?:de )?(?:la |votre )?(?:cb|carte)$|\\bname (?:on|of) (?:the )?card|nom sur la carte|titulaire de la carte',
    '\\b(?:cvv|cvc)\\d?\\b|\\bcsc\\b|cryptogramme|\\bsecurity ?code|code de securite',
  ].join('|'),
);

const OTHER_CARD =
  /\b(?:identi\w*|id|library|member\w*|loyalty|gift|staff|agent|student|resident) ?card|\bcarte (?:d |de (?:sejour|resident|fidelite|membre)|vitale|grise|agent)/;

/** The date of a card, where a card is asked for; elsewhere it is the end of something that is kept. */
const EXPIRY = /\bexp(?:ir\w*|y)?\b|\bvalid\w*|\bmm ?yy(?:yy)?\b|\bmm ?aa(?:aa)?\b/;

const ONE_TIME =
  /\b(?:otp|totp|one ?time(?: ?(?:code|password|pin))?|2fa|mfa|(?:sms|verification|authentication|auth|validation|two ?factor) ?code|code ?(?:sms|unique|a usage unique|de (?:verification|validation|confirmation)|recu))\b/;

const TOKEN =
  /\b(?:csrf\w*|xsrf\w*|anti ?forgery|request ?verification ?token|authenticity ?token|(?:access|id|auth|refresh|session|security|form) ?token|form ?key|form ?build ?id|view ?state\w*|event ?validation|nonce|recaptcha|h captcha response|cf turnstile response|captcha ?token|jsessionid|phpsessid)\b|^token$/;

const NIR =
  /\b(?:nir|num(?:ero)? ?(?:de )?(?:la )?secu(?:rite)?(?: sociale)?|no ?secu|n secu|securite ?sociale|numero ?d ?assure)\b/u;
const IBAN = /\b(?:iban|rib)\b/u;

/** A name, id or label made comparable: `newPassword_2` reads `new password 2`. */
export function plainWords(text: string): string {
  return text
    .slice(0, 400)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

/** Whether words name a password, a code that serves once, or something of a payment card. @param words - as `plainWords` makes them */
export const namesSecret = (words: string): boolean => PASSWORD.test(words) || ONE_TIME.test(words) || namesCard(words);

export const namesCard = (words: string): boolean => CARD.test(words) && !OTHER_CARD.test(words);

export const namesExpiry = (words: string): boolean => EXPIRY.test(words);

/** A token may stand in any kind of field, shown or not; the other words speak of what people type. */
export const namesToken = (words: string): boolean => TOKEN.test(words);

/** Whether words name what is masked until the agent ticks it, also while its number is incomplete. */
export const namesPersonalNumber = (words: string): boolean => NIR.test(words) || IBAN.test(words);

/** Whether words say of a control that it shows or hides what was typed. */
export function showsPassword(words: string): boolean {
  return SHOWS.test(words) || /\b(?:password|pwd|pw|pass) ?(?:toggle|visib\w*|reveal|show|eye)\b/.test(words);
}

const SHOWS =
  /\b(?:show|hide|reveal|toggle|view|display|unmask|afficher|affiche|masquer|montrer|voir|cacher|anzeigen|mostrar|ver|mostra|toon)\b.{0,20}\b(?:pass\w*|pwd|pw|mot de passe|mdp|contrasena|senha|kennwort|wachtwoord|pin)\b|\b(?:passwort|kennwort|wachtwoord) (?:anzeigen|zeigen|einblenden|tonen|weergeven)\b/;

/** An eye alone: it only counts beside a single field. */
export const drawsEye = (words: string): boolean => /\beye\b|\bvisibility\b/.test(words);
