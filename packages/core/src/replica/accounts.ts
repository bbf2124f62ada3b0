import type { AccountId, TeamId } from '../index.ts';
import {
  Invitation,
  LinkPreview,
  type LinkSignUp,
  Me,
  Members,
  type Role,
  Session,
  SignedOut,
  type SignIn,
  Team,
} from '../protocol/index.ts';
import type { Asked, Http } from './http.ts';

/**
 * The accounts of one server. Every answer is `{ok: true, value}` or `{ok: false, code}`; `offline` when the server was
 * not reached. Nothing throws.
 */
export interface AccountsClient {
  /** @param token - what follows `#` in an invitation's or owner's link */
  previewLink(token: string): Promise<Asked<LinkPreview>>;
  signUp(form: LinkSignUp): Promise<Asked<Session>>;
  signIn(form: SignIn): Promise<Asked<Session>>;
  signOut(): Promise<Asked<SignedOut>>;
  me(): Promise<Asked<Me>>;
  acceptLink(token: string): Promise<Asked<Me>>;
  createTeam(team: { readonly id: TeamId; readonly name: string; readonly formerly?: AccountId }): Promise<Asked<Team>>;
  invite(team: TeamId, role: Role): Promise<Asked<Invitation>>;
  members(team: TeamId): Promise<Asked<Members>>;
  /** With null, takes them out of the team. */
  setRole(team: TeamId, account: AccountId, role: Role | null): Promise<Asked<Members>>;
}

export function accountsClient(http: Http): AccountsClient {
  return {
    previewLink: (token) => http.ask('POST', '/api/links/preview', LinkPreview, { token }),
    signUp: (form) => http.ask('POST', '/api/links/sign-up', Session, form),
    signIn: (form) => http.ask('POST', '/api/session', Session, form),
    signOut: () => http.ask('DELETE', '/api/session', SignedOut),
    me: () => http.ask('GET', '/api/me', Me),
    acceptLink: (token) => http.ask('POST', '/api/links/accept', Me, { token }),
    createTeam: (team) => http.ask('POST', '/api/teams', Team, team),
    invite: (team, role) => http.ask('POST', `/api/teams/${team}/invitations`, Invitation, { role }),
    members: (team) => http.ask('GET', `/api/teams/${team}/members`, Members),
    setRole: (team, account, role) => http.ask('PUT', `/api/teams/${team}/members/${account}`, Members, { role }),
  };
}
