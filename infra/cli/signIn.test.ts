import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ran } from './testProgram.ts';

let configuration: string;
beforeEach(() => {
  configuration = mkdtempSync(join(tmpdir(), 'baton-config-'));
});
afterEach(() => rmSync(configuration, { recursive: true }));

const at = 'https://baton.example';
const me = {
  user: { id: 'u', username: 'ada', name: 'Ada', initials: 'AL' },
  tenant: { id: 'acme', name: 'Acme' },
  roles: ['designer'],
  permissions: [],
};

/** A server whose access tokens live ten minutes, and whose refresh tokens are good once. */
function server() {
  const asked: string[] = [];
  let issued = 0;
  const tokens = () => {
    issued += 1;
    return {
      access_token: `access-${issued}`,
      refresh_token: `refresh-${issued}`,
      token_type: 'Bearer',
      expires_in: 600,
    };
  };
  const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });
  const refusal = (code: string) => ({
    error_code: code,
    message: 'Expected another, but no',
    request_id: 'req',
  });
  return {
    asked,
    fetch: async (url: string, { body, headers = {} }: RequestInit) => {
      const { authorization, 'x-api-key': key } = headers as { [name: string]: string };
      asked.push(`${url.replace(`${at}/api`, '')} ${key ?? authorization ?? 'nobody'}`);
      const given = body ? (JSON.parse(String(body)) as { [name: string]: string }) : {};
      if (url === `${at}/api/login`)
        return given.password === 'secret-word'
          ? json(200, tokens())
          : json(401, refusal('CREDENTIALS_INVALID'));
      if (url === `${at}/api/login/renewal`)
        return given.refresh_token === `refresh-${issued}`
          ? json(200, tokens())
          : json(400, refusal('REFRESH_TOKEN_INVALID'));
      if (url === `${at}/api/logout`) return new Response(null, { status: 204 });
      return key === 'bk_key' || authorization === `Bearer access-${issued}`
        ? json(200, me)
        : json(401, refusal('UNAUTHENTICATED'));
    },
  };
}

const file = () => join(configuration, 'sessions.json');

it('a person signs in once: it is kept for its owner alone, the password is not kept or said', async () => {
  const { fetch, asked } = server();
  const login = await ran(['login', at], { configuration, fetch, answers: ['ada', 'secret-word'] });
  expect(login).toMatchObject({
    code: 0,
    out: '',
    err: 'Signed in to Acme at https://baton.example as ada.',
  });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readFileSync(file(), 'utf8')).not.toContain('secret-word');

  const who = await ran(['whoami', '-o', 'json'], { configuration, fetch });
  expect(JSON.parse(who.out)).toMatchObject({ server: at, user: { username: 'ada' } });
  expect(who.said).not.toContain('access-');
  expect(asked.at(-1)).toBe('/me Bearer access-1');
});

it('is renewed by itself, and told to sign in again when that is refused', async () => {
  const { fetch, asked } = server();
  await ran(['login', at, '-u', 'ada', '--password-stdin'], { configuration, fetch, stdin: 'secret-word\n' });
  expect((await ran(['whoami'], { configuration, fetch, now: () => 590_000 })).code).toBe(0);
  expect(asked.slice(-2)).toEqual(['/login/renewal nobody', '/me Bearer access-2']);

  const lost = server();
  const again = await ran(['whoami'], { configuration, fetch: lost.fetch, now: () => 9_000_000 });
  expect(again).toMatchObject({ code: 3, out: '', err: expect.stringContaining('baton login') });
});

it('a wrong password is refused, and keeps nothing', async () => {
  const { fetch } = server();
  const login = await ran(['login', at], { configuration, fetch, answers: ['ada', 'wrong'] });
  expect(login).toMatchObject({ code: 3, err: expect.stringContaining('CREDENTIALS_INVALID') });
  expect(login.said).not.toContain('wrong');
  expect(() => statSync(file())).toThrow();
});

it('a program signs in by a key from standard input; a key of the environment goes before it', async () => {
  const { fetch, asked } = server();
  const login = await ran(['login', at, '--api-key-stdin'], { configuration, fetch, stdin: 'bk_key\n' });
  expect(login).toMatchObject({ code: 0, said: 'Signed in to Acme at https://baton.example by a key.' });
  await ran(['whoami'], { configuration, fetch });
  expect(asked.at(-1)).toBe('/me bk_key');
  await ran(['whoami'], { configuration, fetch, environment: { BATON_API_KEY: 'bk_other' } });
  expect(asked.at(-1)).toBe('/me bk_other');
});

it('signing out ends the session at the server and forgets it', async () => {
  const { fetch, asked } = server();
  await ran(['login', at], { configuration, fetch, answers: ['ada', 'secret-word'] });
  expect((await ran(['logout'], { configuration, fetch })).code).toBe(0);
  expect(asked.at(-1)).toBe('/logout Bearer access-1');
  expect(readFileSync(file(), 'utf8')).not.toContain('access-1');
  expect((await ran(['logout'], { configuration, fetch })).code).toBe(3);
});
