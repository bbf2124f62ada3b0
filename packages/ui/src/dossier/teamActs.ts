import {
  type DossierId,
  newDossier,
  Refusal,
  renameDossierEverywhere,
  restoreDossierEverywhere,
  type TeamDocs,
  trashDossierEverywhere,
} from '@liasse/core';
import { useCallback, useMemo } from 'react';
import { paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { useTeamDocs } from '../app/teamDocs.ts';
import { useRefusalText, useStrings, useToast } from '../kit/index.ts';
import { dossierStrings } from './dossier.strings.ts';

/** Does something to several documents of the team; a refusal is said in words. Resolves with null when refused. */
export type TeamAct = <T>(act: (docs: TeamDocs) => Promise<T>) => Promise<T | null>;

export function useTeamAct(): TeamAct {
  const docs = useTeamDocs();
  const toast = useToast();
  const refusalText = useRefusalText();
  return useCallback(
    async (act) => {
      try {
        return await act(docs);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        toast.show({ message: refusalText(error.code) });
        return null;
      }
    },
    [docs, toast, refusalText],
  );
}

interface Named {
  readonly id: DossierId;
  readonly title: string;
}

/** What can be done to a dossier from outside it, each with what is said and how it is taken back. */
export interface DossierActs {
  /** Resolves with the new dossier, or null when refused. */
  create(title: string): Promise<DossierId | null>;
  rename(dossier: Named, title: string): Promise<void>;
  trash(dossier: Named): Promise<void>;
  restore(dossier: Named): Promise<void>;
}

export function useDossierActs(): DossierActs {
  const act = useTeamAct();
  const go = useGo();
  const toast = useToast();
  const t = useStrings(dossierStrings);
  return useMemo(() => {
    const restore = async ({ id, title }: Named) => {
      const done = await act(async (docs) => {
        await restoreDossierEverywhere(docs, id);
        return true;
      });
      if (done) toast.show({ message: t('dossierRestored', { title }) });
    };
    return {
      restore,
      create: async (title) => {
        const id = await act((docs) => newDossier(docs, { title }));
        if (id !== null) {
          toast.show({
            message: t('dossierCreated', { title }),
            action: { label: t('open'), run: () => go(paths.dossier(id)) },
          });
        }
        return id;
      },
      rename: async ({ id }, title) => {
        await act((docs) => renameDossierEverywhere(docs, { dossierId: id, title }));
      },
      trash: async (dossier) => {
        const done = await act(async (docs) => {
          await trashDossierEverywhere(docs, dossier.id);
          return true;
        });
        if (!done) return;
        toast.show({ message: t('dossierTrashed', { title: dossier.title }), undo: () => void restore(dossier) });
      },
    };
  }, [act, go, toast, t]);
}
