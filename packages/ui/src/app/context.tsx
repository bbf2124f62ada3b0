import type { Replica } from '@liasse/core/replica';
import { createContext, type ReactNode, use } from 'react';
import { useSnapshot } from '../kit/useView.ts';
import type { Platform, Preferences, SessionState, Workspace } from './platform.ts';

const PlatformContext = createContext<Platform | null>(null);
const WorkspaceContext = createContext<Workspace | null>(null);

/** Gives the platform to the whole app. */
export function PlatformProvider({ platform, children }: { platform: Platform; children: ReactNode }) {
  return <PlatformContext value={platform}>{children}</PlatformContext>;
}

/** The team that the screens below are about: the one of the URL. Ma journée draws its sections once for each team. */
export function WorkspaceProvider({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

export function usePlatform(): Platform {
  const platform = use(PlatformContext);
  if (platform === null) throw new Error('bug: no platform around this component');
  return platform;
}

/** Who uses the app here, and their teams. */
export function useSession(): SessionState {
  return useSnapshot(usePlatform().session);
}

export function usePreferences(): Preferences {
  return useSnapshot(usePlatform().preferences);
}

/** The team on screen, with the scope its data lives under. */
export function useWorkspace(): Workspace {
  const { current } = useSession();
  return use(WorkspaceContext) ?? current;
}

/** The replica of the team on screen. Most screens want `<Room>` instead. */
export function useReplica(): Replica {
  return usePlatform().replica(useWorkspace().scope);
}
