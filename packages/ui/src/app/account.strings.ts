import { defineStrings } from '../kit/index.ts';

/** What the forms of an account say, in the settings and on an invitation. */
export const accountStrings = defineStrings('account', {
  fr: {
    signIn: 'Se connecter',
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
