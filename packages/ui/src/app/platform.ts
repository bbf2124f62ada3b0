import type {
  AccountId,
  BlobHash,
  DossierId,
  Piece,
  PieceId,
  Randomness,
  RefusalCode,
  TeamId,
  View,
} from '@liasse/core';
import type {
  DeviceAsking,
  DeviceSession,
  Invitation,
  LinkPreview,
  LinkSignUp,
  Me,
  Members,
  OwnIdentity,
  Receipt,
  ReceiptKey,
  Role,
  RoomName,
  RoomVersions,
  SignIn,
  SignInWays,
} from '@liasse/core/protocol';
import type { Replica, RoomRightsClient, Scope } from '@liasse/core/replica';

/** A team as this device knows it, with the scope its data lives under. */
export interface Workspace {
  readonly scope: Scope;
  readonly team: { readonly id: TeamId; readonly name: string; readonly role: Role };
  /** A team of this device alone, without a server. */
  readonly local: boolean;
  /** The sample team of the first run: it goes away in one click, with everything in it. */
  readonly sample: boolean;
}

/** Who uses the app here, as far as this device knows: it works offline, and an expired session locks nobody out. */
export interface SessionState {
  /** The person of this device: the server's account, or the local one. */
  readonly person: { readonly account: AccountId; readonly name: string };
  /** The server and account signed in to, or null. */
  readonly server: { readonly origin: string; readonly email: string; readonly expired: boolean } | null;
  /** The local team that is on its way to the server; null when none is. */
  readonly publishing: TeamId | null;
  /** At least the local one. */
  readonly workspaces: readonly Workspace[];
  /** The one on screen. */
  readonly current: Workspace;
}

/** The answer of something that can be refused, with a code that screens translate. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: RefusalCode | 'internal' };

/**
 * What differs between the web app and the extension's page, and nothing else. Screens call it, operations and views;
 * they know neither `chrome` nor the network.
 */
export interface Platform {
  readonly kind: 'web' | 'extension' | 'side-panel';
  readonly session: View<SessionState>;
  /** The one server of this device, where its administration set one; else null. */
  readonly fixedServer: View<string | null>;
  /** The replica of a scope: made when first asked for, one per scope. */
  replica(scope: Scope): Replica;
  readonly random: Randomness;
  readonly clock: { now(): number };

  chooseWorkspace(team: TeamId): void;
  /** `link`: a whole invitation or owner link, as pasted or as the page was opened with. */
  previewLink(link: string): Promise<Outcome<LinkPreview>>;
  signUp(link: string, form: Omit<LinkSignUp, 'token'>): Promise<Outcome<Me>>;
  acceptLink(link: string): Promise<Outcome<Me>>;
  signIn(server: string, form: SignIn): Promise<Outcome<Me>>;
  /**
   * Leaves the session, also while the server is away.
   *
   * @param options.erase - what goes from this device: `nothing`; what this `account` holds here; or all, the local team and the sample
   * included (`device`: *Effacer cet appareil*)
   */
  signOut(options: { readonly erase: 'nothing' | 'account' | 'device' }): Promise<Outcome<null>>;
  /** Makes a team on the server signed in to, and puts it on screen. */
  createTeam(name: string): Promise<Outcome<TeamId>>;
  /**
   * Publishes the local team on the server signed in to, under a name, with all that is in it. Answers once it is shown as a team of the server;
   * the rest goes on by itself, also after a restart.
   */
  publishTeam(name: string): Promise<Outcome<TeamId>>;
  /** Makes the empty sample team, of this device alone, and puts it on screen. Its content is made by operations. */
  addSample(name: string): Workspace;
  /** Removes the sample team and everything it holds on this device. */
  removeSample(): Promise<void>;
  invite(team: TeamId, role: Role): Promise<Outcome<Invitation>>;
  members(team: TeamId): Promise<Outcome<Members>>;
  /** Gives a member another role, or with null takes them out. Answers who is in the team then. */
  setRole(team: TeamId, account: AccountId, role: Role | null): Promise<Outcome<Members>>;
  /** The members as this device last heard them, also while the server is away; none if it never did. */
  knownMembers(team: TeamId): Members;
  /** Sets the name shown to others while there is no server. */
  renameLocalPerson(name: string): void;

  readonly receipts: ReceiptsPort;
  readonly devices: DevicesPort;
  /** Signing in by a page of the server in the browser; null in the web app, which is that page. */
  readonly browserSignIn: BrowserSignInPort | null;
  /** Signing in at the server’s identity provider; null where no page of the server is shown. */
  readonly identity: IdentityPort | null;
  readonly rooms: RoomsPort;
  /** Who may enter one room of the server signed in to; `signed-out` where there is none. */
  readonly access: RoomRightsClient;

  readonly preferences: View<Preferences>;
  setPreferences(change: Partial<Preferences>): void;

  /** Tells the popup which dossiers to offer, most recent first. Nothing in the web app. */
  rememberDossiers(team: TeamId, dossiers: readonly { readonly id: DossierId; readonly title: string }[]): void;
  /** Tells the popup which pages a dossier holds, so that it says so before one is clipped again. Nothing in the web app. */
  rememberPieces(
    team: TeamId,
    dossier: { readonly id: DossierId; readonly title: string },
    pieces: readonly Piece[],
  ): void;
  /** Opens a captured page's own address. The only way out of a snapshot. */
  openAddress(url: string): void;
  /** Clipping the current tab, where there is one. */
  readonly clip: ClipPort | null;
  /** Fetching later what captures could not reach, where the app may ask other sites. */
  readonly complete: CompletePort | null;
  /** A newer version of the app waits. Nothing where the browser updates by itself. */
  readonly update?: UpdatePort;
}

/** *Compléter…*: fetches, with the person's leave, what other sites hold of a page. Only the extension can, on the device that took it. */
export interface CompletePort {
  /** The sites that could be asked, or null where there is nothing left to ask for. */
  offer(pieceId: PieceId): Promise<CompletionOffer | null>;
  /** To be called in the turn of the press: the browser asks the person itself. `cancelled`: they said no. */
  run(pieceId: PieceId, offer: CompletionOffer): Promise<Outcome<CompletionResult>>;
}

export interface CompletionOffer {
  readonly origins: readonly string[];
  /** Those that need no question. */
  readonly held: readonly string[];
}

/** How many things were found, and how many were not; `framesLeft`: frames among these, whose page is no longer open. */
export interface CompletionResult {
  readonly found: number;
  readonly left: number;
  readonly framesLeft: number;
}

/** Receipts of the server signed in to. */
export interface ReceiptsPort {
  /** Asks for a manifest’s receipt. `signed-out` where there is no server; `offline` when it is not reached. */
  ask(room: RoomName, manifest: BlobHash): Promise<Outcome<Receipt>>;
  /**
   * The keys to check receipts with: as the server serves them now, else as it last did to this device; none where it never did. A key
   * that came along with a receipt would prove nothing.
   */
  keys(): Promise<readonly ReceiptKey[]>;
}

/** The devices that the person is signed in on, at the server signed in to, and letting another one in. */
export interface DevicesPort {
  /** The one in use, and the others, last seen first. */
  list(): Promise<Outcome<readonly DeviceSession[]>>;
  /** Signs another device out. What it holds stays on it. */
  end(session: string): Promise<Outcome<null>>;
  /** Signs out everywhere, here included; everything stays where it is. Nothing happens while the server is away. */
  endAll(): Promise<Outcome<null>>;
  /** What a device asks that shows `userCode`. */
  look(userCode: string): Promise<Outcome<DeviceAsking>>;
  answer(userCode: string, answer: 'allow' | 'refuse'): Promise<Outcome<null>>;
}

/** Signing in without typing a password here: the server’s page, in the browser, lets this device in. */
export interface BrowserSignInPort {
  readonly state: View<BrowserSignIn>;
  /** Asks a server for a code, and opens its page. */
  start(server: string): Promise<Outcome<null>>;
  /** Opens the page once more. */
  openPage(): void;
  /** Gives up, or puts away how it ended. */
  cancel(): void;
  /** Asks the server now, if it is time to, and nobody else does. For a context without timers of its own. */
  poll(): Promise<void>;
}

export interface BrowserSignIn {
  readonly waiting: { readonly server: string; readonly code: string; readonly expiresAt: number } | null;
  /** How the last one ended, when it ended badly. */
  readonly ended: {
    readonly server: string;
    readonly code: 'cancelled' | 'expired' | 'used' | 'server-not-allowed' | 'internal';
  } | null;
}

/** Signing in at the identity provider that the server’s operator chose. */
export interface IdentityPort {
  ways(): Promise<Outcome<SignInWays>>;
  /**
   * Leaves for the provider’s page.
   *
   * @param errand - `attach`: joins the identity to the account one is signed in to; `link`: the token of an invitation to follow;
   * `next`: where to go on afterwards, as `paths` writes it
   */
  start(errand: {
    readonly purpose?: 'sign-in' | 'attach';
    readonly link?: string | null;
    readonly next?: string | null;
  }): Promise<Outcome<null>>;
  /** Whether this tab went there and has not finished yet. */
  isBack(): boolean;
  /** Takes in what came of it. `attached`: whose identity opens the account now, where that was asked for. */
  finish(): Promise<Outcome<{ readonly next: string | null; readonly attached: string | null }>>;
  /** Whether an identity opens the account signed in to, and whether it may be taken off. */
  own(): Promise<Outcome<OwnIdentity>>;
  detach(): Promise<Outcome<null>>;
}

/** What the server signed in to does with whole rooms. `signed-out` where there is none; `offline` when it is not reached. */
export interface RoomsPort {
  /** The states of a document that the server keeps, oldest first. */
  versions(room: RoomName): Promise<Outcome<RoomVersions>>;
  /** One of them, as `versionDocument` reads it. */
  version(room: RoomName, seq: number): Promise<Outcome<Uint8Array>>;
  /** Erases a dossier or a meeting for good, for everybody. Done already, it is done. */
  erase(room: RoomName): Promise<Outcome<null>>;
}

/** The app's own update: offered, never done by itself. */
export interface UpdatePort {
  readonly ready: View<boolean>;
  reload(): void;
}

/** Settings of this device and person. */
export interface Preferences {
  readonly language: 'fr' | 'en';
  readonly theme: 'system' | 'light' | 'dark';
  readonly singleKeys: boolean;
}

/** The side panel's clip of the page beside it. */
export interface ClipPort {
  /** What can be known of the page now. `page-not-granted` until the person clicks the icon or uses the shortcut. */
  readonly page: View<Outcome<{ readonly title: string; readonly url: string }>>;
  clip(dossier: DossierId): Promise<Outcome<{ readonly snapshot: BlobHash | null }>>;
}
