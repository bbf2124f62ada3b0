import type { AccountId } from '@liasse/core';
import { useCallback } from 'react';
import { useNameOf } from '../app/people.ts';
import { useStrings } from '../kit/index.ts';
import { dossierStrings } from './dossier.strings.ts';

/** The name of whoever did something, or *un membre de l’équipe* where this device has never heard it. */
export function useWho(): (account: AccountId) => string {
  const nameOf = useNameOf();
  const t = useStrings(dossierStrings);
  return useCallback((account) => nameOf(account) ?? t('someone'), [nameOf, t]);
}
