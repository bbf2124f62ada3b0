import { createContext, use, useEffect, useState } from 'react';
import { useWorkspace } from '../app/context.tsx';
import type { Workspace } from '../app/platform.ts';
import type { SearchService } from './device/searchService.ts';
import { forgetSearch, holdSearch } from './heldSearches.ts';

type Hold = (workspace: Workspace) => { readonly service: SearchService; release(): void };

const HoldContext = createContext<Hold>(holdSearch);

/** Gives another search to everything below: tests. */
export const SearchProvider = HoldContext.Provider;

/** The search of the team on screen; null for a moment, until it is held. `restart` is for after a failure. */
export function useTeamSearch(): { readonly service: SearchService | null; readonly restart: () => void } {
  const hold = use(HoldContext);
  const workspace = useWorkspace();
  const [service, setService] = useState<SearchService | null>(null);
  const [attempt, setAttempt] = useState(0);
  // Each attempt holds another one.
  useEffect(() => {
    const { service, release } = hold(workspace);
    setService(service);
    return () => {
      setService(null);
      release();
    };
  }, [hold, workspace, attempt]);
  return {
    service,
    restart: () => {
      forgetSearch(workspace);
      setAttempt(attempt + 1);
    },
  };
}
