import type { TeamId } from '@liasse/core';
import type {
  Invitation,
  LinkPreview,
  LinkSignUp,
  Me,
  Members,
  Role,
  Session,
  SignIn,
  Team,
} from '@liasse/core/protocol';
import type { Outcome } from './platform.ts';

/** What is asked of the accounts of one server. Nothing throws: a server that is away answers `offline`. */
export interface Accounts {
  preview(token: string): Promise<Outcome<LinkPreview>>;
  signUp(form: LinkSignUp): Promise<Outcome<Session>>;
  accept(token: string): Promise<Outcome<Me>>;
  signIn(form: SignIn): Promise<Outcome<Session>>;
  signOut(): Promise<Outcome<null>>;
  me(): Promise<Outcome<Me>>;
  createTeam(team: { readonly id: TeamId; readonly name: string }): Promise<Outcome<Team>>;
  invite(team: TeamId, role: Role): Promise<Outcome<Invitation>>;
  members(team: TeamId): Promise<Outcome<Members>>;
}
