import { z } from 'zod';
import {
  DEVICE_GRANT,
  DeviceAsking,
  DeviceCodes,
  DeviceGrantError,
  DeviceSessions,
  DeviceToken,
  IdentityEntry,
  IdentityStarted,
  OwnIdentity,
  SignedOut,
  SignInWays,
} from '../protocol/index.ts';
import type { Asked, Http } from './http.ts';

/** Where one is signed in at a server, and signing in otherwise than by a password. Nothing throws, as in `AccountsClient`. */
export interface DevicesClient {
  list(): Promise<Asked<DeviceSessions>>;
  end(session: string): Promise<Asked<null>>;
  endAll(): Promise<Asked<SignedOut>>;
  /** Asks to be let in by a person who is signed in. */
  askIn(): Promise<Asked<DeviceCodes>>;
  /** Asks whether the person has answered. */
  fetchSession(
    deviceCode: string,
  ): Promise<Asked<DeviceToken> | { readonly ok: false; readonly code: DeviceGrantError }>;
  look(userCode: string): Promise<Asked<DeviceAsking>>;
  answer(userCode: string, allow: boolean): Promise<Asked<null>>;
  ways(): Promise<Asked<SignInWays>>;
  /** The address of the identity provider’s page. */
  startIdentity(errand: {
    readonly purpose: 'sign-in' | 'attach';
    readonly link?: string;
  }): Promise<Asked<IdentityStarted>>;
  ownIdentity(): Promise<Asked<OwnIdentity>>;
  detachIdentity(): Promise<Asked<null>>;
  /** What came of it, once. */
  finishIdentity(): Promise<Asked<IdentityEntry>>;
}

export function devicesClient(http: Http): DevicesClient {
  const nothing = z.unknown().transform(() => null);
  return {
    list: () => http.ask('GET', '/api/sessions', DeviceSessions),
    end: (session) => http.ask('DELETE', `/api/sessions/${encodeURIComponent(session)}`, nothing),
    endAll: () => http.ask('DELETE', '/api/sessions', SignedOut),
    askIn: () => http.ask('POST', '/api/device/code', DeviceCodes, {}),
    fetchSession: async (deviceCode) => {
      const form = { grant_type: DEVICE_GRANT, device_code: deviceCode };
      const asked = await http.ask('POST', '/api/device/token', DeviceToken, form);
      if (asked.ok) return asked;
      const { data: code } = DeviceGrantError.safeParse(asked.code);
      return code === undefined ? asked : { ok: false, code };
    },
    look: (userCode) => http.ask('POST', '/api/device/look', DeviceAsking, { userCode }),
    answer: (userCode, allow) => http.ask('POST', '/api/device/answer', nothing, { userCode, allow }),
    ways: () => http.ask('GET', '/api/sign-in-ways', SignInWays),
    startIdentity: (errand) => http.ask('POST', '/api/oidc/start', IdentityStarted, errand),
    ownIdentity: () => http.ask('GET', '/api/identity', OwnIdentity),
    detachIdentity: () => http.ask('DELETE', '/api/identity', nothing),
    finishIdentity: () => http.ask('POST', '/api/oidc/session', IdentityEntry, {}),
  };
}
