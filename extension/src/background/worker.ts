import { dossierRegisterView, type PieceId, Refusal, type TeamId } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import { type BrowserSignInPort, makeAccountPlatform } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { workOf } from '../capture/draft.ts';
import { type Handlers, receive } from '../messaging/receive.ts';
import { openAccountPorts } from '../platform/accountPorts.ts';
import { forgetHere } from '../platform/forgetHere.ts';
import { type KnownPages, openKnownPages } from '../platform/knownPages.ts';
import { KnownPolicy } from '../platform/knownPolicy.ts';
import { lastUse, noteUse } from '../platform/lastUse.ts';
import { allowsSite, type Policy } from '../platform/policy.ts';
import { parseRecent, recentKey, rememberRecent } from '../platform/recent.ts';
import { keepSignInAwake, SIGN_IN_ALARM } from '../platform/signInAlarm.ts';
import { Clips } from './clip.ts';
import { Completions } from './complete/completions.ts';
import { sitePermissions } from './complete/sitePermissions.ts';
import { openUnreachedStore } from './complete/unreachedStore.ts';
import { type Device, openDevice } from './device.ts';
import { Drain, RETRY_ALARM } from './drain.ts';
import { fillChosen, planFill } from './fillForm.ts';
import { FOLLOW_ALARM, Follow } from './follow.ts';
import { browserGuard } from './guard.ts';
import { openJobStore } from './jobStore.ts';
import { installMenus } from './menus.ts';
import { keepRetention } from './retention.ts';
import { browserShotPorts } from './shot/shotPorts.ts';
import { lookAtForm } from './take/formTaker.ts';
import { browserPageTaker } from './take/pageTaker.ts';

/** What a running worker is made of. Made when first needed: many events need none of it. */
interface Worker {
  readonly device: Device;
  readonly clips: Clips;
  readonly drain: Drain;
  readonly follow: Follow;
  readonly pages: KnownPages;
  readonly completions: Completions;
  readonly policy: KnownPolicy;
}

/** Starts the worker: listens first, in the same turn, as browsers ask of a worker that an event has woken. */
export function startWorker(): void {
  let made: Promise<Worker> | null = null;
  const worker = () => {
    made ??= makeWorker();
    return made;
  };
  /** What reads or fills a page and keeps nothing of it, also from a private window. @throws {Refusal} `site-not-allowed` */
  const allowed = async ({ url }: { readonly url: string }) => {
    if (!allowsSite(await (await worker()).policy.standing(), url)) throw new Refusal('site-not-allowed', {});
  };
  const own = { id: browser.runtime.id, address: browser.runtime.getURL('/') };
  const handlers: Handlers = {
    'clip.start': async (request) => (await worker()).clips.start(request),
    'clip.wait': async ({ jobId }) => (await worker()).clips.wait(jobId),
    'clip.progress': async ({ jobId }) => ({ progress: (await worker()).clips.progress(jobId) }),
    'clip.cancel': async ({ jobId }) => {
      await (await worker()).clips.cancel(jobId);
      return {};
    },
    'clip.undo': async ({ jobId }) => {
      await (await worker()).clips.undo(jobId);
      return {};
    },
    'pages.known': async ({ team, url, facts }) => {
      const { device, pages } = await worker();
      const work = workOf(url, facts);
      const scope = device.nameOf(device.teamOr(team as TeamId | null));
      const found = work === null ? [] : await pages.find(scope, work);
      return { pieces: found.slice(0, 20) };
    },
    'forms.look': async ({ tab }) => {
      await allowed(tab);
      return lookAtForm(browserPageTaker, tab);
    },
    'forms.known': async ({ team, url }) => {
      const { device, pages } = await worker();
      const found = await pages.findForms(device.nameOf(device.teamOr(team as TeamId | null)), url);
      return { forms: found.slice(0, 20) };
    },
    'complete.offer': async ({ team, pieceId }) => {
      const { device, completions } = await worker();
      return completions.offer(device.teamOr(team as TeamId | null), pieceId as PieceId);
    },
    'complete.ask': async ({ team, pieceId, ...asked }) => {
      const { device, completions } = await worker();
      await completions.ask(device.teamOr(team as TeamId | null), pieceId as PieceId, asked);
      return {};
    },
    'complete.start': async ({ team, pieceId }) => {
      const { device, completions } = await worker();
      return completions.start(device.teamOr(team as TeamId | null), pieceId as PieceId);
    },
    'forms.plan': async (request) => {
      await allowed(request.tab);
      return planFill({ device: (await worker()).device, taker: browserPageTaker }, request);
    },
    'forms.fill': async (request) => {
      await allowed(request.tab);
      return fillChosen({ device: (await worker()).device, taker: browserPageTaker }, request);
    },
    'dossiers.refresh': async ({ team }) => {
      const { device } = await worker();
      await refreshDossiers(device, device.teamOr(team as TeamId | null));
      return {};
    },
  };

  browser.runtime.onMessage.addListener((message, sender, respond) => {
    void receive(handlers, message, sender, own).then(respond);
    return true;
  });
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === RETRY_ALARM) void worker().then(({ drain }) => drain.request());
    if (name === SIGN_IN_ALARM) void goOnSigningIn();
    if (name === FOLLOW_ALARM) void worker().then(({ follow }) => follow.run());
  });
  // The browser's question closes the popup that asked: this is how the answer is heard.
  browser.permissions.onAdded.addListener(() => void worker().then(({ completions }) => completions.resume()));
  browser.storage.onChanged.addListener((_changes, area) => {
    if (area === 'managed') void worker().then(({ policy }) => policy.refresh());
  });
  // To be woken by it is enough: see below.
  browser.runtime.onStartup.addListener(() => {});
  browser.runtime.onInstalled.addListener(() => void lockStorage());
  installMenus();
  // Whatever woke it, a worker goes on with what the last one left.
  void worker().then(goOn);
}

let signIn: Promise<BrowserSignInPort | null> | null = null;

/** Asks whether the person has let this device in. The pages that are open ask as well, more often: one at a time. */
async function goOnSigningIn(): Promise<void> {
  signIn ??= openAccountPorts().then((ports) => makeAccountPlatform(ports).browserSignIn);
  const port = await signIn;
  await port?.poll();
  await keepSignInAwake(browser.alarms, port?.state.getSnapshot().waiting != null);
}

async function goOn({ clips, completions, drain, follow, device, policy }: Worker): Promise<void> {
  void policy.refresh();
  await clips.resume();
  await completions.resume();
  await endRetention(device, clips, await policy.standing());
  // The alarm stands for as long as something waits. In a browser that has just started, that is not known yet.
  await drain.request();
  await follow.plan();
}

/** Gives up the copy of a device that nobody used for as long as its administration says. */
async function endRetention(device: Device, clips: Clips, policy: Policy): Promise<void> {
  if (policy.retentionDays === null) return;
  await keepRetention({
    policy,
    usedAt: lastUse(device.store),
    noteUse: (at) => noteUse(device.store, at),
    now: () => Date.now(),
    hasCaptures: () => clips.hasWork(),
    device,
    eraseAccount: async () => {
      const ports = await openAccountPorts();
      await makeAccountPlatform(ports).signOut({ erase: 'account' });
      await forgetHere(ports.store);
    },
  });
}

async function makeWorker(): Promise<Worker> {
  await lockStorage();
  const device = await openDevice();
  const drain = new Drain(device, browser.alarms);
  const follow = new Follow(device, browser.alarms);
  const policy = new KnownPolicy(device.store);
  const pages = openKnownPages();
  const shared = {
    device,
    taker: browserPageTaker,
    shots: browserShotPorts,
    guard: browserGuard(() => policy.standing()),
    now: () => Date.now(),
    software: `Liasse ${browser.runtime.getManifest().version}`,
    onSaved: () => {
      noteUse(device.store, Date.now());
      void drain.request();
    },
  };
  const completions = new Completions({
    ...shared,
    unreached: openUnreachedStore(),
    permissions: sitePermissions,
    fetch: (url, options) => fetch(url, options),
  });
  const clips = new Clips({
    ...shared,
    completions,
    jobs: openJobStore(),
    pages,
  });
  return { device, clips, completions, drain, follow, pages, policy };
}

/** The session's credential is in this storage; scripts that run inside pages have no business there. */
async function lockStorage(): Promise<void> {
  await browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/** Brings the popup's table up to the register: what colleagues made appears, what was trashed goes. */
async function refreshDossiers(device: Device, team: TeamId): Promise<void> {
  await device.withTeam(team, async (at) => {
    const open = at.open(boardRoom(team));
    try {
      await open.loaded;
      const { items, byId } = dossierRegisterView(open.doc).getSnapshot();
      if (items.length === 0) return;
      const recent = parseRecent(device.store.read(recentKey(team)));
      const known = new Set(recent.map(({ id }) => id));
      const still = recent.flatMap(({ id }) => byId.get(id) ?? []);
      rememberRecent(device.store, team, [...still, ...items.filter(({ id }) => !known.has(id))]);
    } finally {
      open.close();
    }
  });
}
