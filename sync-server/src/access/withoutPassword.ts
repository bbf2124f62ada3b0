import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/**
 * What the account library has no call for: an account and a session of someone who proved who they are in a way of ours (a device
 * that another one let in, an identity provider). As all its routes, these are not served: `accounts.ts` calls them.
 */
export const withoutPassword = () =>
  ({
    id: 'liasse-without-password',
    endpoints: {
      enterAccount: createAuthEndpoint(
        '/liasse/enter',
        { method: 'POST', body: z.object({ account: z.string() }) },
        async (ctx) => {
          const user = await ctx.context.internalAdapter.findUserById(ctx.body.account);
          if (!user) throw new Error('bug: an account that does not exist is entered');
          const session = await ctx.context.internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ id: session.id });
        },
      ),
      createAccount: createAuthEndpoint(
        '/liasse/create',
        {
          method: 'POST',
          body: z.object({ name: z.string(), email: z.string(), emailVerified: z.boolean() }),
        },
        async (ctx) => {
          const { email, ...rest } = ctx.body;
          const user = await ctx.context.internalAdapter.createUser(
            { ...rest, email: email.toLowerCase() },
            { method: 'sso-oidc' },
          );
          return ctx.json({ id: user.id });
        },
      ),
    },
  }) as const;
