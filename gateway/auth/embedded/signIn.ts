import type { IdentityStore, TenantStore, User } from '@baton/infra/store';
import express, { type Request, type Response, type Router } from 'express';
import type { Provider } from 'oidc-provider';
import { problemPage } from '../page.ts';
import { passwordMatches } from '../password.ts';
import { developmentUsers } from './developmentUsers.ts';
import { attemptPause, type SignInAttempts } from './signInAttempts.ts';
import { signInPage } from './signInPage.ts';

/** Where Keycloak has its sign-in form. */
export const signInPath = '/login-actions/authenticate';

export interface SignInOptions {
  provider: Provider;
  identity: IdentityStore;
  tenants: TenantStore;
  attempts: SignInAttempts;
  /** Offer the development users on the page. */
  offerDevelopmentUsers: boolean;
  /** Told before the browser is. */
  signedIn(response: Response, attempt: SignInAttempt): Promise<void>;
}

export interface SignInAttempt {
  username: string;
  /** Whose it is; undefined when it was refused. */
  user: User | undefined;
}

const minutes = attemptPause / 60_000;

function refusalOf(left: number): string {
  if (left === 0) return `Too many wrong passwords for this name. Try again in ${minutes} minutes.`;
  const tries = left === 1 ? '1 try' : `${left} tries`;
  return `User name and password do not match. ${tries} left before a pause of ${minutes} minutes.`;
}

/** The form of an interaction the provider started: asks for name and password and hands the answer back to it. */
export function signInRoutes({
  provider,
  identity,
  tenants,
  attempts,
  offerDevelopmentUsers,
  signedIn,
}: SignInOptions): Router {
  const router = express.Router();

  async function show(response: Response, username: string, error: string | undefined) {
    const names = new Map((await tenants.all()).map(({ id, name }) => [id, name]));
    const people = offerDevelopmentUsers
      ? developmentUsers.map(({ username, name, tenantId }) => ({
          username,
          name,
          tenant: names.get(tenantId) ?? tenantId,
        }))
      : [];
    response
      .status(error ? 401 : 200)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(signInPage({ username, error, people }));
  }

  /** The interaction is bound to the browser by a cookie: a form posted from elsewhere finds none. */
  async function interactionOf(request: Request, response: Response) {
    try {
      const details = await provider.interactionDetails(request, response);
      return details.uid === request.params.uid ? details : undefined;
    } catch {
      return undefined;
    }
  }

  const ended = (response: Response) =>
    response
      .status(400)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(
        problemPage(
          'This sign-in has ended',
          'It took too long, or it was finished in another tab. Nothing is lost.',
        ),
      );

  router.get(`${signInPath}/:uid`, async (request, response) => {
    const interaction = await interactionOf(request, response);
    if (!interaction) return ended(response);
    const hint = interaction.params.login_hint;
    await show(response, typeof hint === 'string' ? hint : '', undefined);
  });

  router.post(
    `${signInPath}/:uid`,
    express.urlencoded({ extended: false, limit: 8192 }),
    async (request, response) => {
      if (!(await interactionOf(request, response))) return ended(response);
      const form = request.body as Record<string, unknown>;
      const as = offerDevelopmentUsers ? text(form.as) : undefined;
      const username = (as ?? text(form.username) ?? '').trim().toLowerCase();
      const password = as ?? text(form.password) ?? '';
      const user = await identity.userByName(username);
      const result = await attempts.attempt(username, () => passwordMatches(password, user?.passwordHash));
      const accepted = result.accepted && user?.enabled;
      await signedIn(response, { username, user: accepted ? user : undefined });
      if (!result.accepted) return show(response, username, refusalOf(result.left));
      if (!user?.enabled) return show(response, username, 'This user is disabled. Ask who runs your tenant.');
      await provider.interactionFinished(
        request,
        response,
        { login: { accountId: user.id } },
        { mergeWithLastSubmission: false },
      );
    },
  );

  return router;
}

function text(field: unknown): string | undefined {
  return typeof field === 'string' && field.length <= 1000 ? field : undefined;
}
