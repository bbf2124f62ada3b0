import { z } from 'zod';
import { Me, Session } from './http.ts';

/** What is known of where a session is used: what it said of itself, and no address of the network. */
export const Device = z.object({
  /** `other`: neither a page of the server nor an extension: a client of somebody’s own. */
  kind: z.enum(['web', 'extension', 'other']),
  /** `Firefox`, `Chrome`…; null where it is none that is known. */
  browser: z.string().nullable(),
  /** `Windows`, `macOS`, `Linux`…; null likewise. */
  system: z.string().nullable(),
  /** As the device calls itself; null where it gave none. */
  name: z.string().nullable(),
});
export type Device = z.infer<typeof Device>;

/** One sign-in of the person who asks. Moments in ms since the epoch. */
export const DeviceSession = Device.extend({
  /** Not secret: it opens nothing. */
  id: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
});
export type DeviceSession = z.infer<typeof DeviceSession>;

/** `GET /api/sessions`: last seen first. `DELETE /api/sessions/:id` ends one, `DELETE /api/sessions` all. */
export const DeviceSessions = z.array(DeviceSession);
export type DeviceSessions = z.infer<typeof DeviceSessions>;

/**
 * `DELETE /api/session` and `DELETE /api/sessions`. `leaveAt`: where the browser goes to leave the identity provider as well. Of an answer
 * of another shape there is nowhere: one is signed out all the same.
 */
export const SignedOut = z.object({ leaveAt: z.url({ protocol: /^https?$/ }).nullable() }).catch({ leaveAt: null });
export type SignedOut = z.infer<typeof SignedOut>;

/** `GET /api/sign-in-ways`, without a session: what the sign-in form offers beside the password. */
export const SignInWays = z.object({ identityProvider: z.object({ label: z.string() }).nullable() });
export type SignInWays = z.infer<typeof SignInWays>;

/** RFC 8628’s grant, by which a device signs in without a password. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** Where the person looks at what a device asks. The user code may follow as the fragment, which reaches no server. */
export const DEVICE_PAGE = '/appareil';

/** `POST /api/device/code`, JSON or form-encoded. What RFC 6749 lets a client add is passed over. */
export const DeviceCodeRequest = z.object({ device_name: z.string().trim().min(1).max(80).optional() });
export const DeviceCodes = z.object({
  device_code: z.string().min(16),
  user_code: z.string().min(4).max(20),
  verification_uri: z.url(),
  /** Seconds. */
  expires_in: z.number().positive(),
  /** Seconds between two polls. */
  interval: z.number().positive(),
});
export type DeviceCodes = z.infer<typeof DeviceCodes>;

/** `POST /api/device/token`, JSON or form-encoded. */
export const DeviceTokenRequest = z.object({
  grant_type: z.literal(DEVICE_GRANT),
  device_code: z.string().min(16).max(200),
});
/** A session, under the names of RFC 6749. */
export const DeviceToken = z.object({
  access_token: z.string(),
  token_type: z.string(),
  me: Me,
});
export type DeviceToken = z.infer<typeof DeviceToken>;

/** What the RFC answers until there is a session. `invalid_grant`: the code was used, or is of another start of the server. */
export const DeviceGrantError = z.enum([
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
  'invalid_grant',
]);
export type DeviceGrantError = z.infer<typeof DeviceGrantError>;

const UserCode = z.string().min(1).max(20);

/** `POST /api/device/look`: what the device behind a user code asks, to who is signed in. */
export const DeviceLook = z.strictObject({ userCode: UserCode });
export const DeviceAsking = z.object({ device: Device, askedAt: z.number(), expiresAt: z.number() });
export type DeviceAsking = z.infer<typeof DeviceAsking>;

/** `POST /api/device/answer`: the person’s yes or no. */
export const DeviceAnswer = z.strictObject({ userCode: UserCode, allow: z.boolean() });

/**
 * `POST /api/oidc/start`: begins a sign-in at the identity provider, in this browser alone. `link`: the token of an invitation that is
 * followed with it. `attach`: joins the identity to the account one is signed in to, instead.
 */
export const IdentityStart = z.strictObject({
  purpose: z.enum(['sign-in', 'attach']).default('sign-in'),
  link: z.string().min(16).max(200).optional(),
});
export const IdentityStarted = z.object({ url: z.url() });
export type IdentityStarted = z.infer<typeof IdentityStarted>;

/**
 * `POST /api/oidc/session`: what came of it, once, to the browser that began. `session` is null when an identity was attached to an account,
 * and `attached` says whose: an address, or a name. `followed`: the invitation was used up with it.
 */
export const IdentityEntry = z.object({
  session: Session.nullable(),
  followed: z.boolean(),
  attached: z.string().nullable(),
});
export type IdentityEntry = z.infer<typeof IdentityEntry>;

/**
 * `GET /api/identity`: whether an identity opens the account of who asks. `DELETE /api/identity` takes it off; `removable` says whether that
 * leaves a way in.
 */
export const OwnIdentity = z.object({ attached: z.boolean(), removable: z.boolean() });
export type OwnIdentity = z.infer<typeof OwnIdentity>;
