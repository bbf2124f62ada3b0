import { z } from 'zod';
import { AccountId, BlobHash, TeamId } from '../kernel/ids.ts';
import { RoomName } from './rooms.ts';

/** What a member may do in a team. */
export const Role = z.enum(['owner', 'editor', 'reader']);
export type Role = z.infer<typeof Role>;

/** Every refusal over HTTP has this body; the status is 4xx, or 5xx for `internal`. */
export const HttpRefusal = z.object({
  ok: z.literal(false),
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});
export type HttpRefusal = z.infer<typeof HttpRefusal>;

export const Team = z.object({ id: TeamId, name: z.string().min(1).max(120), role: Role });
export type Team = z.infer<typeof Team>;

/** `GET /api/me`: the signed-in person and their teams. */
export const Me = z.object({
  account: z.object({ id: AccountId, name: z.string(), email: z.string(), serverOwner: z.boolean() }),
  teams: z.array(Team),
});
export type Me = z.infer<typeof Me>;

/**
 * The header by which a page says for which account it asks, beside a cookie that all pages of its origin share: with another’s session
 * it is refused as `signed-out`.
 */
export const ACCOUNT_HEADER = 'x-liasse-account';

const PersonName = z.string().trim().min(1).max(120);
const Secret = z.string().min(16).max(200);

/**
 * `POST /api/links/preview`: what a link is for, before anyone signs in. A link's token stands in its fragment
 * (`/rejoindre#<token>`), so that it reaches no log.
 */
export const LinkPreviewRequest = z.strictObject({ token: Secret });
export const LinkPreview = z.object({
  /** `guest`: to one meeting of the team. */
  kind: z.enum(['owner', 'invitation', 'guest']),
  team: z.object({ name: z.string(), role: Role, invitedBy: z.string() }).nullable(),
});
export type LinkPreview = z.infer<typeof LinkPreview>;

/** `POST /api/links/sign-up`: opens an account with a link and follows it. Answers `Session`. Nobody signs up without one. */
export const LinkSignUp = z.strictObject({
  token: Secret,
  name: PersonName,
  email: z.email().max(200),
  password: z.string().min(10).max(200),
});
export type LinkSignUp = z.infer<typeof LinkSignUp>;

/** `POST /api/links/accept`: follows a link with the account one has. Answers `Me`. */
export const LinkAccept = z.strictObject({ token: Secret });

/** `POST /api/session`: signs in. Answers `Session`. `DELETE /api/session` signs out. */
export const SignIn = z.strictObject({ email: z.email().max(200), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof SignIn>;

/**
 * A session. The web app keeps the HttpOnly cookie set beside this answer; the extension keeps `bearer` and sends
 * `Authorization: Bearer …`.
 */
export const Session = z.object({ bearer: z.string(), me: Me });
export type Session = z.infer<typeof Session>;

/** `POST /api/teams`: makes a team, owned by the caller, under an id made on the device. Answers `Team`. */
export const CreateTeam = z.strictObject({
  id: TeamId,
  name: z.string().trim().min(1).max(120),
  /** Of a team that was one device’s alone: the account that its maker had there, which stands on what was written before. */
  formerly: AccountId.refine((id) => id.startsWith('local-')).optional(),
});

/** `POST /api/teams/:team/invitations`: a link for one person, by an owner. Answers `Invitation`. */
export const CreateInvitation = z.strictObject({ role: Role });
export const Invitation = z.object({ url: z.url(), expiresAt: z.number() });
export type Invitation = z.infer<typeof Invitation>;

/** `GET /api/teams/:team/members` */
export const Members = z.array(
  z.object({
    accountId: AccountId,
    name: z.string(),
    role: Role,
    /** Accounts of a device that the person worked under before the team had a server. */
    formerly: z.array(AccountId).optional(),
  }),
);
export type Members = z.infer<typeof Members>;

/** A room in the address of a request about who is in it. */
export const RoomQuery = z.strictObject({ room: RoomName });

/**
 * `POST /api/rooms/restrict`, by an owner or editor of the dossier: from then on it is for its people alone, whatever others’ role in the
 * team, and the asker owns it. `POST /api/rooms/open`, by one of its owners: it is the whole team’s again.
 */
export const RestrictRoom = z.strictObject({ room: RoomName });

/** `POST /api/rooms/people`: names someone, changes their role, or takes it away (null). */
export const SetRoomPerson = z.strictObject({ room: RoomName, accountId: AccountId, role: Role.nullable() });

/** `GET /api/rooms/people?room=…`: of a restricted dossier, those it is for; of a meeting, its guests. */
export const RoomPeople = z.object({
  restricted: z.boolean(),
  people: z.array(z.object({ accountId: AccountId, name: z.string(), role: Role })),
});
export type RoomPeople = z.infer<typeof RoomPeople>;

/** `POST /api/rooms/invitations`: a link to one meeting, for someone of another team. Answers `Invitation`. */
export const InviteGuest = z.strictObject({ room: RoomName, role: z.enum(['editor', 'reader']) });

/**
 * `PUT /api/teams/:team/members/:account`: gives someone in the team another role, or with null takes them out of it, by an owner; anyone may take
 * themselves out. Answers `Members`. `conflict`: a team keeps one owner at least.
 */
export const RoleChange = z.strictObject({ role: Role.nullable() });
export type RoleChange = z.infer<typeof RoleChange>;

/** `POST /api/tickets`: the right to open one socket of one room, once, within a minute. */
export const TicketRequest = z.strictObject({ room: RoomName });
export const Ticket = z.object({
  ticket: z.string().regex(/^[A-Za-z0-9_-]{20,200}$/),
  role: Role,
  expiresAt: z.number(),
});
export type Ticket = z.infer<typeof Ticket>;

/** `PUT` and `GET /api/blobs/:hash?room=…`: bytes named by their SHA-256, read through a room that refers to them. */
export const BlobParams = z.strictObject({ hash: BlobHash });
export const BlobQuery = z.strictObject({ room: RoomName });
/** Largest blob, in bytes: the hard limit of a snapshot. */
export const MAX_BLOB_BYTES = 100 * 1024 * 1024;

/** `GET /healthz`, without a session. */
export const Health = z.object({ ok: z.literal(true), version: z.string(), wire: z.number() });
export type Health = z.infer<typeof Health>;
