import type { Configuration, Me } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { createSession, type OidcClient, type Renewal, type Tokens } from './session.ts';

const configuration: Configuration = {
  issuer: 'https://id.example',
  clientId: 'baton',
  engine: 'embedded',
  version: '1',
  developmentUsers: [],
};
const me: Me = {
  user: { id: 'u', username: 'designer', name: 'Dana Reyes', initials: 'DR' },
  tenant: { id: 'acme', name: 'Acme' },
  roles: ['designer'],
  permissions: [],
};

function setUp(
  options: { remembered?: Tokens; renewal?: Renewal; meStatus?: number; beside?: () => Promise<Tokens> } = {},
) {
  let now = 1_000_000;
  let renewals = 0;
  let forgotten = false;
  const oidc: OidcClient = {
    returnFromSignIn: async () => undefined,
    remembered: async () => options.remembered,
    signIn: async () => undefined,
    ...(options.beside && { signInBeside: options.beside }),
    signOut: async () => undefined,
    renew: async () => {
      renewals++;
      return options.renewal ?? { refused: true };
    },
    forget: async () => {
      forgotten = true;
    },
  };
  const session = createSession({
    clock: { now: () => now },
    createOidc: () => oidc,
    fetch: async (url) =>
      url === '/api/configuration'
        ? Response.json(configuration)
        : options.meStatus
          ? Response.json(
              { error_code: 'TOKEN_INVALID', message: 'no', request_id: 'r' },
              { status: options.meStatus },
            )
          : Response.json(me),
  });
  return { session, pass: (ms: number) => (now += ms), renewals: () => renewals, forgotten: () => forgotten };
}

const valid = (): Tokens => ({ accessToken: 'one', expiresAt: 1_000_000 + 300_000 });

it('is signed out when there are no tokens', async () => {
  const { session } = setUp();
  await session.start();
  expect(session.getState()).toEqual({ status: 'signedOut', configuration });
});

it('goes on after a reload with the tokens from before', async () => {
  const { session } = setUp({ remembered: valid() });
  await session.start();
  expect(session.getState()).toEqual({ status: 'signedIn', configuration, me });
  expect(await session.token()).toBe('one');
});

it('renews a token shortly before it expires, once for all who ask', async () => {
  const { session, pass, renewals } = setUp({
    remembered: valid(),
    renewal: { renewed: { accessToken: 'two', expiresAt: 9_000_000 } },
  });
  await session.start();
  pass(290_000);

  expect(await Promise.all([session.token(), session.token()])).toEqual(['two', 'two']);
  expect(renewals()).toBe(1);
});

it('says when the session ended and keeps who it was', async () => {
  const { session, pass, forgotten } = setUp({ remembered: valid(), renewal: { refused: true } });
  await session.start();
  pass(300_000);

  expect(await session.token()).toBeUndefined();
  expect(session.getState()).toEqual({ status: 'ended', configuration, me, at: 1_300_000 });
  expect(forgotten()).toBe(true);
});

it('does not end the session because the issuer cannot be reached', async () => {
  const { session, pass } = setUp({ remembered: valid(), renewal: { unreachable: true } });
  await session.start();
  pass(300_000);

  expect(await session.token()).toBe('one');
  expect(session.getState().status).toBe('signedIn');
});

it('asks to sign in again when the server does not know the token any more', async () => {
  const { session } = setUp({ remembered: valid(), meStatus: 401 });
  await session.start();
  expect(session.getState().status).toBe('signedOut');
});

it('keeps who it was while one is shut out, and goes on when let in again', async () => {
  const { session } = setUp({ remembered: valid() });
  await session.start();
  session.shutOut('TENANT_SUSPENDED');
  expect(session.getState()).toEqual({ status: 'shutOut', configuration, me, code: 'TENANT_SUSPENDED' });
  session.shutOut(undefined);
  expect(session.getState()).toEqual({ status: 'signedIn', configuration, me });
});

it('goes on where it was after signing in again beside the page', async () => {
  const { session, pass } = setUp({
    remembered: valid(),
    beside: async () => ({ accessToken: 'two', expiresAt: 9_000_000 }),
  });
  await session.start();
  pass(400_000);
  expect(await session.token()).toBeUndefined();
  expect(session.getState().status).toBe('ended');

  expect(await session.signInAgain()).toEqual({ ok: true });
  expect(session.getState()).toEqual({ status: 'signedIn', configuration, me });
  expect(await session.token()).toBe('two');
});

it('says what an issuer refuses in words, not as its code', async () => {
  const { session, pass } = setUp({
    remembered: valid(),
    beside: async () => {
      throw new Error('invalid_grant');
    },
  });
  await session.start();
  pass(400_000);
  await session.token();

  const again = await session.signInAgain();
  expect(again).toMatchObject({ ok: false, failure: { code: 'SIGN_IN_FAILED' } });
  expect(JSON.stringify(again)).not.toContain('invalid_grant');
});

it('says why signing in beside the page did not work, and stays ended', async () => {
  const { session, pass } = setUp({
    remembered: valid(),
    beside: async () => {
      throw new Error('Popup closed by user');
    },
  });
  await session.start();
  pass(400_000);
  await session.token();

  expect(await session.signInAgain()).toMatchObject({
    ok: false,
    failure: { code: 'SIGN_IN_FAILED' },
  });
  expect(session.getState().status).toBe('ended');
});
