import { defineStrings } from '../kit/index.ts';

/** What is said where people sign in on a page of the server, and where they let a device in. */
export const accessStrings = defineStrings('signIn', {
  fr: {
    signIn: 'Se connecter',
    finishing: 'Connexion en cours…',
    signedInAs: 'Vous êtes connecté : {{email}}.',
    goToDay: 'Aller à Ma journée',
    attached: 'L’identité {{who}} ouvre maintenant ce compte.',
    attachedTaken:
      'Cette identité ouvre déjà un autre compte, ou votre compte en a déjà une. Rien n’a été changé. Déconnectez-vous, puis connectez-vous avec elle.',
    emailTaken:
      'Un compte existe déjà avec l’adresse de cette identité. Rien n’a été changé. Connectez-vous avec le mot de passe de ce compte, puis joignez-y votre identité dans Réglages, partie Compte.',
    interrupted: 'La connexion a été interrompue, ou a trop duré. Rien n’a été changé. Recommencez.',

    letIn: 'Autoriser un appareil',
    signInFirst: 'Connectez-vous d’abord : l’appareil entrera dans votre compte.',
    typeCode: 'Code affiché par l’appareil',
    typeCodeHint: 'Huit lettres, par exemple BCDF-GHJK.',
    findDevice: 'Continuer',
    asks: 'Un appareil demande à entrer dans votre compte.',
    yourAccount: 'Votre compte',
    device: 'Appareil',
    askedAt: 'Demandé',
    code: 'Code',
    beware:
      'N’autorisez que si ce code est affiché en ce moment sur un appareil à vous. Si quelqu’un vous a envoyé le lien ou le code, refusez.',
    allow: 'Autoriser cet appareil',
    refuse: 'Refuser',
    allowed: 'Appareil autorisé. Il se connecte dans quelques secondes ; vous pouvez fermer cette page.',
    refused: 'Demande refusée. L’appareil n’entre pas dans votre compte.',
    otherCode: 'Saisir un autre code',
    codeUnknown: 'Aucun appareil n’attend avec ce code. Rien n’a été changé. Vérifiez les huit lettres.',
    codeExpired: 'Ce code a expiré. Rien n’a été changé. Demandez-en un autre sur l’appareil.',
    codeUsed: 'Cette demande a déjà reçu une réponse. Rien n’a été changé. Demandez un autre code sur l’appareil.',
    seeDevices: 'Voir mes appareils',
  },
  en: {
    signIn: 'Sign in',
    finishing: 'Signing in…',
    signedInAs: 'You are signed in: {{email}}.',
    goToDay: 'Go to My day',
    attached: 'The identity {{who}} now opens this account.',
    attachedTaken:
      'This identity already opens another account, or your account already has one. Nothing was changed. Sign out, then sign in with it.',
    emailTaken:
      'An account already exists with the address of this identity. Nothing was changed. Sign in with that account’s password, then join your identity to it in Settings, section Account.',
    interrupted: 'The sign-in was interrupted, or took too long. Nothing was changed. Try again.',

    letIn: 'Let a device in',
    signInFirst: 'Sign in first: the device will enter your account.',
    typeCode: 'Code shown by the device',
    typeCodeHint: 'Eight letters, for example BCDF-GHJK.',
    findDevice: 'Continue',
    asks: 'A device asks to enter your account.',
    yourAccount: 'Your account',
    device: 'Device',
    askedAt: 'Asked',
    code: 'Code',
    beware:
      'Let it in only if this code is shown right now on a device of yours. If someone sent you the link or the code, refuse.',
    allow: 'Let this device in',
    refuse: 'Refuse',
    allowed: 'The device is let in. It signs in within a few seconds; you can close this page.',
    refused: 'Request refused. The device does not enter your account.',
    otherCode: 'Type another code',
    codeUnknown: 'No device waits with this code. Nothing was changed. Check the eight letters.',
    codeExpired: 'This code has expired. Nothing was changed. Ask for another one on the device.',
    codeUsed: 'This request was already answered. Nothing was changed. Ask for another code on the device.',
    seeDevices: 'See my devices',
  },
});
