import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { BrowserSignIn, Outcome } from '../app/platform.ts';
import { AccountSection } from '../settings/AccountSection.tsx';
import { DevicesScreen } from '../settings/DevicesScreen.tsx';
import { type MemoryPlatform, makeMemoryPlatform, TEST_NOW } from '../testing/memoryPlatform.ts';
import { cell } from '../testing/memoryReplica.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { LetInScreen } from './LetInScreen.tsx';
import { SignInScreen } from './SignInScreen.tsx';

const yes = <T,>(value: T): Promise<Outcome<T>> => Promise.resolve({ ok: true, value });
const no = (code: 'not-found' | 'cancelled' | 'provider-away'): Promise<Outcome<never>> =>
  Promise.resolve({ ok: false, code });
const FIREFOX = { kind: 'extension', browser: 'Firefox', system: 'Windows', name: null } as const;

function signedIn(options: Parameters<typeof makeMemoryPlatform>[0] = {}): MemoryPlatform {
  const platform = makeMemoryPlatform(options);
  const server = { origin: 'https://liasse.example', email: 'amira@example.org', expired: false };
  platform.session.set({ ...platform.session.getSnapshot(), server });
  return platform;
}
/** As a page of the server, at an address. */
function at(fragment: string): void {
  location.hash = fragment;
}
afterEach(() => at(''));

test('[S112] the page shows what asks, since when and under which code, and takes a yes', async () => {
  const platform = signedIn();
  const said: string[] = [];
  Object.assign(platform, {
    devices: {
      ...platform.devices,
      look: (code: string) => {
        said.push(`look ${code}`);
        return yes({ device: FIREFOX, askedAt: TEST_NOW, expiresAt: TEST_NOW + 1 });
      },
      answer: (code: string, answer: string) => {
        said.push(`${answer} ${code}`);
        return yes(null);
      },
    },
  });
  at('WDJB-MJHT');
  renderApp(<LetInScreen />, { platform });
  expect(await screen.findByText('WDJB-MJHT')).toBeTruthy();
  expect(screen.getByText('Firefox sous Windows, extension')).toBeTruthy();
  expect(screen.getByText(/9\s?h\s?12/)).toBeTruthy();
  expect(screen.getByText('amira@example.org')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Autoriser cet appareil' }));
  expect(await screen.findByText(/^Appareil autorisé/)).toBeTruthy();
  expect(said).toEqual(['look WDJB-MJHT', 'allow WDJB-MJHT']);
  expect(screen.queryByRole('button', { name: 'Autoriser cet appareil' })).toBeNull();
});

test('[S112] a code can be typed, a wrong one is said and typed again, and nothing is shown to who is not signed in', async () => {
  const platform = signedIn();
  Object.assign(platform, { devices: { ...platform.devices, look: () => no('not-found') } });
  renderApp(<LetInScreen />, { platform });
  await userEvent.type(screen.getByLabelText(/^Code affiché par l’appareil/), 'bcdfghjk{Enter}');
  expect(await screen.findByText(/Aucun appareil n’attend/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Saisir un autre code' }));
  expect(screen.getByLabelText(/^Code affiché par l’appareil/)).toBeTruthy();

  at('WDJB-MJHT');
  const over = signedIn();
  const { server } = over.session.getSnapshot();
  over.session.set({ ...over.session.getSnapshot(), server: server && { ...server, expired: true } });
  for (const stranger of [makeMemoryPlatform(), over]) {
    const { unmount } = renderApp(<LetInScreen />, { platform: stranger });
    expect(await screen.findByText(/Connectez-vous d’abord/)).toBeTruthy();
    expect(stranger.asked).toEqual([]);
    unmount();
  }
});

test('[J20] the extension offers its server’s page first, then the code to compare; a password is for who wants to', async () => {
  const state = cell<BrowserSignIn>({ waiting: null, ended: null });
  const asked: string[] = [];
  const platform = makeMemoryPlatform({ kind: 'extension' });
  Object.assign(platform, {
    browserSignIn: {
      state,
      start: (server: string) => {
        asked.push(server);
        state.set({ waiting: { server: 'https://liasse.example', code: 'WDJB-MJHT', expiresAt: 0 }, ended: null });
        return yes(null);
      },
      openPage: () => asked.push('page'),
      cancel: () => state.set({ waiting: null, ended: null }),
      poll: async () => {},
    },
  });
  renderApp(<AccountSection />, { platform });
  expect(screen.queryByLabelText(/Mot de passe/)).toBeNull();
  await userEvent.type(screen.getByLabelText(/Adresse du serveur/), 'liasse.example');
  await userEvent.click(screen.getByRole('button', { name: 'Se connecter dans le navigateur' }));
  expect(await screen.findByText('WDJB-MJHT')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Rouvrir la page' }));
  expect(asked).toEqual(['liasse.example', 'page']);
  state.set({ waiting: null, ended: { server: 'https://liasse.example', code: 'cancelled' } });
  expect(await screen.findByText(/La demande a été refusée/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Utiliser un mot de passe ici' }));
  expect(screen.getByLabelText(/Mot de passe/)).toBeTruthy();
});

test('[J22] where the administration set the server, no other can be typed', () => {
  const platform = makeMemoryPlatform({ kind: 'extension' });
  const state = cell<BrowserSignIn>({ waiting: null, ended: null });
  const nothing = async () => {};
  Object.assign(platform, {
    fixedServer: cell<string | null>('https://liasse.example'),
    browserSignIn: { state, start: () => yes(null), openPage: nothing, cancel: nothing, poll: nothing },
  });
  renderApp(<AccountSection />, { platform });
  expect(screen.queryByLabelText(/Adresse du serveur/)).toBeNull();
  expect(screen.getByText(/https:\/\/liasse\.example, choisi par votre administration/)).toBeTruthy();
});

test('[S118] the provider’s button is there when the server says so; away, that is said and the password stays', async () => {
  const platform = makeMemoryPlatform();
  let started: unknown = null;
  Object.assign(platform, {
    identity: {
      ways: () => yes({ identityProvider: { label: 'ProConnect' } }),
      start: (errand: unknown) => {
        started = errand;
        return no('provider-away');
      },
      isBack: () => false,
      finish: () => no('cancelled'),
      own: () => no('cancelled'),
      detach: () => no('cancelled'),
    },
  });
  renderApp(<AccountSection />, { platform });
  await userEvent.click(await screen.findByRole('button', { name: 'Se connecter avec ProConnect' }));
  expect(await screen.findByText(/Le service d’identité ne répond pas/)).toBeTruthy();
  expect(started).toEqual({ link: null, next: null });
  expect(screen.getByLabelText(/Mot de passe/)).toBeTruthy();
});

test('[S115] back from the provider the app goes on where it was; an answer that does not hold is said, with the ways to sign in', async () => {
  const platform = makeMemoryPlatform();
  const identity = {
    ways: () => yes({ identityProvider: null }),
    start: () => no('cancelled'),
    isBack: () => true,
    own: () => no('cancelled'),
    detach: () => no('cancelled'),
    finish: (): ReturnType<NonNullable<MemoryPlatform['identity']>['finish']> => no('cancelled'),
  };
  Object.assign(platform, { identity });
  const refused = renderApp(<SignInScreen />, { platform });
  expect(await screen.findByText(/La connexion a été interrompue/)).toBeTruthy();
  expect(screen.getByLabelText(/Mot de passe/)).toBeTruthy();
  refused.unmount();

  identity.finish = () => yes({ next: '/planning', attached: null });
  const { path } = renderApp(<SignInScreen />, { platform });
  await waitFor(() => expect(path()).toBe('/planning'));
});

test('[S110] [S111] my devices: each with its name and moments, this one marked, another one signed out', async () => {
  const platform = signedIn();
  const moments = { createdAt: TEST_NOW - 86_400_000, lastSeenAt: TEST_NOW };
  const list = [
    { id: 'a', ...FIREFOX, kind: 'web', ...moments, current: true },
    { id: 'b', ...FIREFOX, name: 'Poste de l’accueil', ...moments, current: false },
  ];
  const ended: string[] = [];
  Object.assign(platform, {
    devices: {
      ...platform.devices,
      list: () => yes(list.filter(({ id }) => !ended.includes(id))),
      end: (id: string) => {
        ended.push(id);
        return yes(null);
      },
      endAll: () => {
        ended.push('all');
        return yes(null);
      },
    },
  });
  renderApp(<DevicesScreen />, { platform });
  expect(await screen.findByText('Firefox sous Windows, application web')).toBeTruthy();
  expect(screen.getAllByText('Cet appareil')).toHaveLength(1);
  const other = 'Poste de l’accueil (Firefox sous Windows, extension)';
  await userEvent.click(screen.getByRole('button', { name: `Déconnecter ${other}` }));
  await waitFor(() => expect(screen.queryByText(other)).toBeNull());

  await userEvent.click(screen.getByRole('button', { name: 'Se déconnecter partout' }));
  expect(ended).toEqual(['b']);
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog.textContent).toMatch(/Ce qu’ils gardent y reste/);
  await userEvent.click(screen.getAllByRole('button', { name: 'Se déconnecter partout' }).at(-1) as HTMLElement);
  await waitFor(() => expect(ended).toEqual(['b', 'all']));
});

test('[J23] signing out offers to erase the device, keeps everything unless that is chosen, and says what would be lost', async () => {
  const platform = signedIn();
  const asked: unknown[] = [];
  Object.assign(platform, {
    signOut: (options: unknown) => {
      asked.push(options);
      return yes(null);
    },
  });
  renderApp(<AccountSection />, { platform });
  await userEvent.click(screen.getByRole('button', { name: 'Se déconnecter' }));
  const dialog = await screen.findByRole('dialog');
  expect((screen.getByRole('radio', { name: /^Le garder/ }) as HTMLInputElement).checked).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: /^Effacer cet appareil/ }));
  expect(dialog.textContent).toMatch(/n’existe que sur cet appareil\. Elle sera perdue/);
  await userEvent.click(screen.getByRole('button', { name: 'Se déconnecter et effacer' }));
  await waitFor(() => expect(asked).toEqual([{ erase: 'device' }]));
});

test('[S121] an identity that opens the account is said, and taken off; the only way in is not', async () => {
  const platform = signedIn();
  let attached = true;
  let removable = true;
  Object.assign(platform, {
    identity: {
      ways: () => yes({ identityProvider: { label: 'ProConnect' } }),
      own: () => yes({ attached, removable }),
      detach: () => {
        attached = false;
        return yes(null);
      },
    },
  });
  const { unmount } = renderApp(<AccountSection />, { platform });
  await userEvent.click(await screen.findByRole('button', { name: 'Détacher ProConnect' }));
  expect(await screen.findByRole('button', { name: 'Joindre ProConnect à ce compte' })).toBeTruthy();
  unmount();
  [attached, removable] = [true, false];
  renderApp(<AccountSection />, { platform });
  expect(await screen.findByText(/Ce compte s’ouvre avec ProConnect/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Détacher ProConnect' })).toBeNull();
});
