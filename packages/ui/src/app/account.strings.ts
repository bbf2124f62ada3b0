import { defineStrings } from '../kit/index.ts';

/** What the forms of an account say, in the settings and on an invitation. */
export const accountStrings = defineStrings('account', {
  fr: {
    signIn: 'Se connecter',
    signInWith: 'Se connecter avec {{label}}',
    orPassword: 'Ou avec un mot de passe :',
    signInBrowser: 'Se connecter dans le navigateur',
    signInBrowserMore:
      'Une page du serveur s’ouvre : vous vous y connectez comme d’habitude, et vous y autorisez cette extension.',
    usePassword: 'Utiliser un mot de passe ici',
    compareCode:
      'Une page de {{origin}} s’est ouverte dans le navigateur. Vérifiez qu’elle montre ce code, puis autorisez cet appareil.',
    waitingAnswer: 'En attente de votre réponse sur cette page…',
    openPage: 'Rouvrir la page',
    giveUp: 'Abandonner',
    serverMissing: 'Il manque l’adresse du serveur. Écrivez-la, puis recommencez.',
    deviceRefused:
      'La demande a été refusée sur la page du serveur. Rien n’a été changé. Recommencez si c’est une erreur.',
    codeExpired:
      'Personne n’a répondu dans les dix minutes. Rien n’a été changé. Recommencez pour obtenir un autre code.',
    codeForgotten: 'Le serveur ne connaît plus ce code. Rien n’a été changé. Recommencez pour en obtenir un autre.',
    server: 'Adresse du serveur',
    fixedServer: 'Serveur\u00a0: {{origin}}, choisi par votre administration.',
    serverHint: 'Par exemple liasse.exemple.gouv.fr',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    name: 'Nom et prénom',
    passwordNew: 'Mot de passe',
    passwordHint: '10 caractères au moins. Une phrase se retient mieux.',
    createAccount: 'Créer mon compte',
    passwordShort: 'Ce mot de passe compte moins de 10 caractères.',
    wrongPassword: 'L’adresse électronique ou le mot de passe ne convient pas. Vérifiez les deux, puis recommencez.',
    emailTaken: 'Un compte existe déjà avec cette adresse. Choisissez « J’ai déjà un compte » pour vous connecter.',
  },
  en: {
    signIn: 'Sign in',
    signInWith: 'Sign in with {{label}}',
    orPassword: 'Or with a password:',
    signInBrowser: 'Sign in through the browser',
    signInBrowserMore: 'A page of the server opens: you sign in there as usual, and let this extension in.',
    usePassword: 'Use a password here',
    compareCode:
      'A page of {{origin}} has opened in the browser. Check that it shows this code, then let this device in.',
    waitingAnswer: 'Waiting for your answer on that page…',
    openPage: 'Open the page again',
    giveUp: 'Give up',
    serverMissing: 'The server address is missing. Type it, then try again.',
    deviceRefused:
      'The request was refused on the server’s page. Nothing was changed. Try again if that was a mistake.',
    codeExpired: 'Nobody answered within ten minutes. Nothing was changed. Try again to get another code.',
    codeForgotten: 'The server no longer knows this code. Nothing was changed. Try again to get another one.',
    server: 'Server address',
    fixedServer: 'Server: {{origin}}, set by your administration.',
    serverHint: 'For example liasse.example.org',
    email: 'E-mail address',
    password: 'Password',
    name: 'First and last name',
    passwordNew: 'Password',
    passwordHint: 'At least 10 characters. A sentence is easier to remember.',
    createAccount: 'Create my account',
    passwordShort: 'This password has fewer than 10 characters.',
    wrongPassword: 'The e-mail address or the password does not match. Check both, then try again.',
    emailTaken: 'An account with this address already exists. Choose “I already have an account” to sign in.',
  },
});
