import type { RefusalCode } from '@liasse/core';
import { defineStrings, translator, useStrings } from './strings.ts';

/** A code that a person may be told. `internal`: a bug on the other side. */
export type ToldCode = RefusalCode | 'internal';

/** For each code: what happened, what is safe, what to do. */
const refusalStrings = defineStrings('refusal', {
  fr: {
    'invalid-input': 'Cette saisie n’est pas valable. Rien n’a été changé. Corrigez-la, puis recommencez.',
    'not-found': 'Cet élément n’existe plus, ou vous n’y avez pas accès. Rien n’a été changé. Revenez à la liste.',
    'already-exists': 'Cet élément existe déjà. Rien n’a été changé. Choisissez un autre nom ou ouvrez l’existant.',
    'not-empty': 'Cet élément contient encore quelque chose. Rien n’a été changé. Videz-le d’abord.',
    'newer-document':
      'Ce document vient d’une version plus récente de Liasse. Il reste lisible. Mettez Liasse à jour pour le modifier.',
    'read-only':
      'Vous pouvez lire ce document, mais pas le modifier. Rien n’a été changé. Demandez l’accès à un responsable de l’équipe.',
    'no-space':
      'Cet appareil n’a plus d’espace. La dernière modification n’est pas enregistrée. Exportez, ou libérez de l’espace.',
    forbidden:
      'Vous n’avez pas le droit de faire cela. Rien n’a été changé. Demandez l’accès à un responsable de l’équipe.',
    'signed-out':
      'Votre session a expiré. Tout est gardé sur cet appareil. Connectez-vous de nouveau pour envoyer vos modifications.',
    offline: 'Le serveur ne répond pas. Tout est gardé sur cet appareil. Recommencez quand le réseau est revenu.',
    'too-large':
      'C’est trop volumineux pour être enregistré. Rien n’a été changé. Réduisez la taille, puis recommencez.',
    secret: 'Ce numéro ne peut pas être gardé dans un dossier : son historique ne s’efface pas.',
    'hash-mismatch': 'Le fichier reçu est abîmé et n’a pas été gardé. L’original est intact. Recommencez.',
    'private-window':
      'Cette page est dans une fenêtre privée. Rien n’a été enregistré. Pour la garder, versez-la avec l’icône de Liasse, qui vous demandera votre accord.',
    'site-not-allowed': 'Votre administration n’autorise pas la capture de ce site. Rien n’a été enregistré.',
    'server-not-allowed':
      'Votre administration n’autorise pas ce serveur sur cet appareil. Rien ne lui a été envoyé. Demandez-lui l’adresse à utiliser.',
    'no-form': 'Cette page n’a plus de formulaire à lire. Rien n’a été modifié. Rechargez-la, puis recommencez.',
    'unsupported-page':
      'Cette page ne peut pas être enregistrée par Liasse. Rien n’a été changé. Essayez sur une page web ordinaire.',
    cancelled: 'Arrêté avant la fin. Rien n’a été enregistré.',
    'page-not-granted': 'Liasse n’a pas accès à cet onglet. Cliquez sur son icône ou appuyez sur Alt + Maj + L.',
    'bad-message': 'La réponse reçue n’a pas été comprise. Rien n’a été changé. Rechargez la page, puis recommencez.',
    expired: 'Ce lien a expiré. Rien n’a été changé. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
    used: 'Ce lien a déjà servi. Rien n’a été changé. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
    conflict: 'Quelqu’un a modifié cet élément en même temps. Sa modification est gardée. Relisez, puis recommencez.',
    'not-invited':
      'Votre identité est reconnue, mais ce serveur ne vous connaît pas encore. Rien n’a été créé. Demandez un lien d’invitation à un responsable de l’équipe.',
    'provider-away':
      'Le service d’identité ne répond pas. Rien n’a été changé. Connectez-vous avec votre mot de passe, ou recommencez plus tard.',
    'provider-refused':
      'La réponse du service d’identité n’est pas valable. Rien n’a été changé. Recommencez ; si cela se répète, prévenez votre administration.',
    'rate-limited': 'Trop de demandes en peu de temps. Rien n’a été changé. Attendez une minute, puis recommencez.',
    internal:
      'Une erreur inattendue s’est produite. Ce qui était enregistré le reste. Rechargez la page, puis recommencez.',
  } satisfies Record<ToldCode, string>,
  en: {
    'invalid-input': 'This entry is not valid. Nothing was changed. Correct it, then try again.',
    'not-found': 'This item no longer exists, or you have no access to it. Nothing was changed. Go back to the list.',
    'already-exists': 'This item already exists. Nothing was changed. Choose another name or open the existing one.',
    'not-empty': 'This item still contains something. Nothing was changed. Empty it first.',
    'newer-document':
      'This document comes from a newer version of Liasse. It stays readable. Update Liasse to edit it.',
    'read-only':
      'You can read this document but not edit it. Nothing was changed. Ask someone in charge of the team for access.',
    'no-space': 'This device has no space left. The last change is not saved. Export, or free some space.',
    forbidden: 'You are not allowed to do this. Nothing was changed. Ask someone in charge of the team for access.',
    'signed-out': 'Your session has expired. Everything is kept on this device. Sign in again to send your changes.',
    offline: 'The server does not answer. Everything is kept on this device. Try again when the network is back.',
    'too-large': 'This is too large to be saved. Nothing was changed. Reduce its size, then try again.',
    secret: 'This number cannot be kept in a dossier: its history cannot be erased.',
    'hash-mismatch': 'The file received is damaged and was not kept. The original is intact. Try again.',
    'private-window':
      'This page is in a private window. Nothing was saved. To keep it, clip it with the Liasse icon, which will ask you first.',
    'site-not-allowed': 'Your administration does not allow this site to be captured. Nothing was saved.',
    'server-not-allowed':
      'Your administration does not allow this server on this device. Nothing was sent to it. Ask which address to use.',
    'no-form': 'This page no longer has a form to read. Nothing was changed. Reload it, then try again.',
    'unsupported-page': 'Liasse cannot save this page. Nothing was changed. Try on an ordinary web page.',
    cancelled: 'Stopped before the end. Nothing was saved.',
    'page-not-granted': 'Liasse has no access to this tab. Click its icon or press Alt + Shift + L.',
    'bad-message': 'The answer received was not understood. Nothing was changed. Reload the page, then try again.',
    expired: 'This link has expired. Nothing was changed. Ask the person who sent it for a new one.',
    used: 'This link has already been used. Nothing was changed. Ask the person who sent it for a new one.',
    conflict: 'Someone changed this item at the same time. Their change is kept. Read it again, then try again.',
    'not-invited':
      'Your identity is recognised, but this server does not know you yet. Nothing was created. Ask someone in charge of the team for an invitation link.',
    'provider-away':
      'The identity service does not answer. Nothing was changed. Sign in with your password, or try again later.',
    'provider-refused':
      'The answer of the identity service is not valid. Nothing was changed. Try again; if it happens again, tell your administration.',
    'rate-limited': 'Too many requests in a short time. Nothing was changed. Wait a minute, then try again.',
    internal: 'Something unexpected went wrong. What was saved stays saved. Reload the page, then try again.',
  },
});

/** The sentence for a refusal in the language of this moment. Unknown codes of other versions read as `internal`. */
export function refusalText(code: ToldCode): string {
  return translator(refusalStrings)(known(code));
}

/** Like `refusalText`, following the language. */
export function useRefusalText(): (code: ToldCode) => string {
  const t = useStrings(refusalStrings);
  return (code) => t(known(code));
}

function known(code: ToldCode): ToldCode {
  return code in refusalStrings.fr ? code : 'internal';
}
