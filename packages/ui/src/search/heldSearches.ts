import type { Workspace } from '../app/platform.ts';
import { openSearchWorker } from './device/openWorker.ts';
import { openSearchService, type SearchService } from './device/searchService.ts';

interface Held {
  readonly service: SearchService;
  holders: number;
}

const held = new Map<string, Held>();

const keyOf = ({ scope, team }: Workspace): string =>
  [scope.server, scope.account, scope.generation, team.id].map(encodeURIComponent).join('/');

/** Opens a team's search, or the one that is open in this page already. The last to let go closes it. */
export function holdSearch(workspace: Workspace): { readonly service: SearchService; release(): void } {
  const key = keyOf(workspace);
  const { scope, team } = workspace;
  const found = held.get(key) ?? {
    service: openSearchService(openSearchWorker(), { scope, team: team.id }),
    holders: 0,
  };
  held.set(key, found);
  found.holders += 1;
  let isHeld = true;
  return {
    service: found.service,
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      found.holders -= 1;
      if (found.holders > 0) return;
      if (held.get(key) === found) held.delete(key);
      found.service.close();
    },
  };
}

/** After a failure: whoever comes next opens another. */
export function forgetSearch(workspace: Workspace): void {
  held.delete(keyOf(workspace));
}
