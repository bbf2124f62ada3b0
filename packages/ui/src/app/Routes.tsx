import { lazy, type ReactNode, useEffect, useRef } from 'react';
import { Redirect, Route, Router, Switch, useSearch } from 'wouter';
import { AriaRouter } from './AriaRouter.tsx';
import { usePlatform, WorkspaceProvider } from './context.tsx';
import { features } from './features.ts';
import { Lost, UnknownTeam } from './Lost.tsx';
import { inTeam, paths, teamBase } from './paths.ts';
import type { Place } from './shell/place.ts';
import { focusMain } from './shell/Shell.tsx';

const DayScreen = lazy(() => import('../day/DayScreen.tsx').then(({ DayScreen }) => ({ default: DayScreen })));
const SettingsScreen = lazy(() =>
  import('../settings/SettingsScreen.tsx').then(({ SettingsScreen }) => ({ default: SettingsScreen })),
);
const StoredScreen = lazy(() =>
  import('../settings/StoredScreen.tsx').then(({ StoredScreen }) => ({ default: StoredScreen })),
);
const DevicesScreen = lazy(() =>
  import('../settings/DevicesScreen.tsx').then(({ DevicesScreen }) => ({ default: DevicesScreen })),
);
const SignInScreen = lazy(() =>
  import('../access/SignInScreen.tsx').then(({ SignInScreen }) => ({ default: SignInScreen })),
);
const LetInScreen = lazy(() =>
  import('../access/LetInScreen.tsx').then(({ LetInScreen }) => ({ default: LetInScreen })),
);
const JoinScreen = lazy(() => import('../join/JoinScreen.tsx').then(({ JoinScreen }) => ({ default: JoinScreen })));
const TrashScreen = lazy(() =>
  import('../trash/TrashScreen.tsx').then(({ TrashScreen }) => ({ default: TrashScreen })),
);

/** Every address of the app. */
export function Routes({ place }: { readonly place: Place }) {
  const search = useSearch();
  const platform = usePlatform();
  const { team } = place.workspace;
  const inside = !place.path.startsWith('~') && !place.unknownTeam;
  useEffect(() => {
    if (inside) platform.chooseWorkspace(team.id);
  }, [platform, inside, team.id]);

  if (place.unknownTeam) return <UnknownTeam />;
  if (inside)
    return (
      <Router base={teamBase(team.id)}>
        <AriaRouter>
          <WorkspaceProvider key={team.id} workspace={place.workspace}>
            <TeamRoutes />
          </WorkspaceProvider>
        </AriaRouter>
      </Router>
    );
  return (
    <Switch>
      {screen('/', <DayScreen />)}
      {screen('/index.html', <Redirect to="/" replace />)}
      {screen(paths.settings.slice(1), <SettingsScreen />)}
      {screen(paths.stored.slice(1), <StoredScreen />)}
      {screen(paths.devices.slice(1), <DevicesScreen />)}
      {screen(paths.join.slice(1), <JoinScreen />)}
      {screen(paths.signIn.slice(1), <SignInScreen />)}
      {screen(paths.letIn.slice(1), <LetInScreen />)}
      {teamPatterns.map((path) => (
        // Without a team, an address means the team that was on screen last.
        <Route key={path} path={path}>
          <Redirect to={inTeam(team.id, place.path.slice(1) + (search && `?${search}`))} replace />
        </Route>
      ))}
      <Route>
        <Lost />
      </Route>
    </Switch>
  );
}

const teamPatterns = [paths.trash, ...features.flatMap(({ routes }) => routes.map(({ path }) => path))];

function TeamRoutes() {
  return (
    <Switch>
      {features.flatMap(({ routes }) => routes.map(({ path, screen: Screen }) => screen(path, <Screen />)))}
      {screen(paths.trash, <TrashScreen />)}
      <Route path="/">
        <Redirect to={paths.day} replace />
      </Route>
      <Route>
        <Lost />
      </Route>
    </Switch>
  );
}

function screen(path: string, content: ReactNode) {
  return (
    <Route key={path} path={path}>
      <Arrival>{content}</Arrival>
    </Route>
  );
}

let arrivals = 0;

/** Going to another screen puts the focus at its start; the first one leaves it where the browser has it. */
function Arrival({ children }: { readonly children: ReactNode }) {
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    if (arrivals > 0) focusMain();
    arrivals += 1;
  }, []);
  return children;
}
