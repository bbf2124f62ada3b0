import type { LinkSignUp, SignIn } from '@liasse/core/protocol';
import { AccountId, Refusal } from '@liasse/core/protocol';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { getMigrations } from 'better-auth/db/migration';
import { bearer } from 'better-auth/plugins/bearer';
import type Database from 'better-sqlite3';
import { withoutPassword } from './withoutPassword.ts';

/** Who makes a request. */
export interface Person {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  /** Names the sign-in, not secret. */
  readonly session: string;
}

/** A session just opened. `cookies` are `Set-Cookie` headers. */
export interface OpenedSession {
  readonly account: AccountId;
  readonly bearer: string;
  readonly cookies: readonly string[];
}

export interface Accounts {
  /** Refuses with `already-exists`. Checks no link: the caller does. */
  signUp(form: Omit<LinkSignUp, 'token'>): Promise<OpenedSession>;
  /** Refuses with `invalid-input` when the address or the password is wrong, without saying which. */
  signIn(form: SignIn): Promise<OpenedSession>;
  /** Opens a session for someone who proved otherwise than by a password who they are. */
  enter(account: AccountId): Promise<OpenedSession>;
  /** An account without a password. Refuses with `already-exists`. Checks neither link nor identity: the caller does. */
  create(person: { name: string; email: string; emailVerified: boolean }): Promise<AccountId>;
  /** Undoes `create`, of an account that nothing refers to yet. */
  remove(account: AccountId): void;
  /** Whose address it is; null for nobody. */
  withEmail(email: string): AccountId | null;
  hasPassword(account: AccountId): boolean;
  /** From now on that account is not entered by a password any more. */
  dropPassword(account: AccountId): void;
  /** From a cookie or a bearer token; null for nobody. `cookies` renew the session's when it is due. */
  identify(headers: Headers): Promise<{ readonly person: Person; readonly cookies: readonly string[] } | null>;
  /** Ends the session; gives the cookies that remove it. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Null for an account that does not exist. */
  nameOf(account: string): string | null;
}

/** How passwords are kept; the account library's own way (scrypt) when nobody says otherwise. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(given: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

const DAY_S = 24 * 60 * 60;

/**
 * Accounts by e-mail and password. The library's own routes are not served: they would let anyone sign up. We call it,
 * and never hand it a request of its own.
 */
export async function openAccounts(
  db: Database.Database,
  options: { publicUrl: string; secret: string; passwords?: Passwords | undefined },
): Promise<Accounts> {
  const settings = {
    database: db,
    baseURL: options.publicUrl,
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Ours is per account: behind one address there may be a whole ministry.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      ...(options.passwords && { password: options.passwords }),
    },
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
    plugins: [bearer({ requireSignature: true }), withoutPassword()],
  };
  await (await getMigrations(settings)).runMigrations();
  const auth = betterAuth(settings);
  const name = db.prepare<[string], { name: string }>('SELECT name FROM user WHERE id = ?');
  // Addresses are kept in lower case.
  const withEmail = db.prepare<[string], { id: string }>('SELECT id FROM user WHERE email = lower(?)');

  const credential = db.prepare("SELECT 1 FROM account WHERE userId = ? AND providerId = 'credential'");

  return {
    async signUp({ name, email, password }) {
      const answer = await refusing('already-exists', () =>
        auth.api.signUpEmail({ body: { name, email, password }, returnHeaders: true }),
      );
      return opened(answer.response.user.id, answer.headers);
    },
    async signIn({ email, password }) {
      const answer = await refusing('invalid-input', () =>
        auth.api.signInEmail({ body: { email, password }, returnHeaders: true }),
      );
      return opened(answer.response.user.id, answer.headers);
    },
    async enter(account) {
      const answer = await auth.api.enterAccount({ body: { account }, returnHeaders: true });
      return opened(account, answer.headers);
    },
    async create(person) {
      if (withEmail.get(person.email)) throw new Refusal('already-exists');
      return AccountId.parse((await auth.api.createAccount({ body: person })).id);
    },
    remove(account) {
      db.prepare('DELETE FROM user WHERE id = ?').run(account);
    },
    withEmail(email) {
      const row = withEmail.get(email);
      return row ? AccountId.parse(row.id) : null;
    },
    hasPassword: (account) => credential.get(account) !== undefined,
    dropPassword(account) {
      db.prepare("DELETE FROM account WHERE userId = ? AND providerId = 'credential'").run(account);
    },
    async identify(headers) {
      if (!headers.has('authorization') && !headers.has('cookie')) return null;
      // Once a day it writes how long the session still lasts. A disk that does not write must not keep people from reading.
      const answer = await auth.api
        .getSession({ headers, returnHeaders: true })
        .catch(() => auth.api.getSession({ headers, query: { disableRefresh: true }, returnHeaders: true }));
      if (!answer.response) return null;
      const { user, session } = answer.response;
      const person = { id: AccountId.parse(user.id), name: user.name, email: user.email, session: session.id };
      return { person, cookies: answer.headers.getSetCookie() };
    },
    async signOut(headers) {
      return (await auth.api.signOut({ headers, returnHeaders: true })).headers.getSetCookie();
    },
    nameOf: (account) => name.get(account)?.name ?? null,
  };
}

function opened(id: string, headers: Headers): OpenedSession {
  const bearerToken = headers.get('set-auth-token');
  if (!bearerToken) throw new Error('bug: a session was opened without a token');
  return { account: AccountId.parse(id), bearer: bearerToken, cookies: headers.getSetCookie() };
}

/** The library's 4xx becomes our refusal; anything else is its failure, or ours. */
async function refusing<T>(code: 'already-exists' | 'invalid-input', call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // It says these with a 4xx when the database does not write.
    if (error instanceof APIError && error.body?.code?.startsWith('FAILED_TO_')) throw new Error(error.body.code);
    if (error instanceof APIError && error.statusCode < 500) throw new Refusal(code);
    throw error;
  }
}
