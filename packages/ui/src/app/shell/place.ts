import { type Path, useLocation } from 'wouter';
import { useSession } from '../context.tsx';
import type { Workspace } from '../platform.ts';

const IN_TEAM = /^\/equipe\/([^/]+)(\/.*)?$/;

/** Where the person is: the team the address names, and the place in it. */
export interface Place {
  /** The team named by the address if it is here, else the one last chosen. */
  readonly workspace: Workspace;
  /** As `paths` writes it: `/dossiers/…` in a team, `~/reglages` outside. */
  readonly path: Path;
  /** The address names a team that is not on this device. */
  readonly unknownTeam: boolean;
}

/** Reads the address. Outside a team's router only: there the address is whole. */
export function usePlace(): Place {
  const { workspaces, current } = useSession();
  const [location] = useLocation();
  const found = IN_TEAM.exec(location);
  if (!found) return { workspace: current, path: `~${location}`, unknownTeam: false };
  const workspace = workspaces.find(({ team }) => team.id === found[1]);
  return { workspace: workspace ?? current, path: found[2] ?? '/', unknownTeam: !workspace };
}
