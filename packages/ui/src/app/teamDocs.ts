import type { TeamDocs } from '@liasse/core';
import { useMemo } from 'react';
import { usePlatform, useReplica, useWorkspace } from './context.tsx';
import type { Platform, Workspace } from './platform.ts';

/** How long a person waits for a colleague's document before being told that it is not here. */
const PATIENCE_MS = 8_000;

/** The documents of a team, for what spans several of them (`newDossier`, `trashDossierEverywhere`…). */
export function teamDocsOf(platform: Pick<Platform, 'random' | 'replica'>, workspace: Workspace): TeamDocs {
  const replica = platform.replica(workspace.scope);
  return {
    team: workspace.team.id,
    random: platform.random,
    open: (room) => replica.open(room),
    patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  };
}

/** The documents of the team on screen. */
export function useTeamDocs(): TeamDocs {
  const { random } = usePlatform();
  const workspace = useWorkspace();
  const replica = useReplica();
  return useMemo(() => teamDocsOf({ random, replica: () => replica }, workspace), [random, replica, workspace]);
}
