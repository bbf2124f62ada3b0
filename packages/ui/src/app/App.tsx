import { Suspense, useEffect } from 'react';
import { type BaseLocationHook, Router } from 'wouter';
import { ErrorBoundary, KitProvider, setLanguage } from '../kit/index.ts';
import { AriaRouter } from './AriaRouter.tsx';
import { PlatformProvider, usePreferences, WorkspaceProvider } from './context.tsx';
import { useHashPlace } from './location.ts';
import { OnScreenProvider } from './page.tsx';
import type { Platform } from './platform.ts';
import { Routes } from './Routes.tsx';
import { usePlace } from './shell/place.ts';
import { Shell } from './shell/Shell.tsx';
import { ShellCommands } from './shell/ShellCommands.tsx';

interface AppProps {
  readonly platform: Platform;
  /** Where the address is kept, when the platform's own way will not do: tests. */
  readonly location?: BaseLocationHook;
}

/** The whole app on a platform. Its address is a path on the web, and a fragment in the extension's pages. */
export function App({ platform, location }: AppProps) {
  const hook = location ?? (platform.kind === 'web' ? undefined : useHashPlace);
  return (
    <PlatformProvider platform={platform}>
      <Router {...(hook && { hook })}>
        <AriaRouter>
          <Preferred />
        </AriaRouter>
      </Router>
    </PlatformProvider>
  );
}

function Preferred() {
  const { theme, language, singleKeys } = usePreferences();
  useEffect(() => setLanguage(language), [language]);
  return (
    <KitProvider theme={theme} singleKeys={singleKeys}>
      <OnScreenProvider>
        <Framed />
      </OnScreenProvider>
    </KitProvider>
  );
}

function Framed() {
  const place = usePlace();
  return (
    <WorkspaceProvider workspace={place.workspace}>
      <ErrorBoundary onError={report}>
        <ShellCommands key={place.workspace.team.id} />
        <Shell path={place.path}>
          <ErrorBoundary resetKey={place.path} onError={report}>
            <Suspense>
              <Routes place={place} />
            </Suspense>
          </ErrorBoundary>
        </Shell>
      </ErrorBoundary>
    </WorkspaceProvider>
  );
}

function report(error: unknown, where: string): void {
  console.error(error, where);
}
