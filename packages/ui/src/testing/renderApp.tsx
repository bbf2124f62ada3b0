import { cleanup, type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { PlatformProvider, WorkspaceProvider } from '../app/context.tsx';
import { teamBase } from '../app/paths.ts';
import { ToastProvider, ToastRegion } from '../kit/feedback/ToastRegion.tsx';
import { type ShownToast, Toasts } from '../kit/feedback/toasts.ts';
import { type MemoryPlatform, makeMemoryPlatform } from './memoryPlatform.ts';

// Vitest's globals are off, so Testing Library does not clean up by itself.
afterEach(cleanup);

export interface RenderedApp extends RenderResult {
  readonly platform: MemoryPlatform;
  /** The messages on screen, oldest first. They stay: no timer runs. */
  toasts(): readonly ShownToast[];
  /** The location's path now, without the team. */
  path(): string;
  navigate(path: string): void;
}

/**
 * Renders a slice's parts as the shell would inside a team: platform, router, messages.
 *
 * @param options - `path`: without the team, such as `/dossiers`; `seed`: fills rooms before the first render
 */
export function renderApp(
  ui: ReactNode,
  options: {
    readonly path?: string;
    readonly platform?: MemoryPlatform;
    readonly seed?: (platform: MemoryPlatform) => void;
  } = {},
): RenderedApp {
  const platform = options.platform ?? makeMemoryPlatform();
  options.seed?.(platform);
  const workspace = platform.session.getSnapshot().current;
  const base = teamBase(workspace.team.id);
  const location = memoryLocation({ path: `${base}${options.path ?? '/'}`, record: true });
  const toasts = new Toasts({ set: () => () => {}, now: () => 0 });
  const result = render(
    <PlatformProvider platform={platform}>
      <ToastProvider toasts={toasts}>
        <Router hook={location.hook}>
          <Router base={base}>
            <WorkspaceProvider workspace={workspace}>{ui}</WorkspaceProvider>
          </Router>
        </Router>
        <ToastRegion />
      </ToastProvider>
    </PlatformProvider>,
  );
  return {
    ...result,
    platform,
    toasts: toasts.getSnapshot,
    path: () => (location.history.at(-1) ?? '').slice(base.length),
    navigate: (path) => location.navigate(`${base}${path}`),
  };
}
