import { createHash, randomBytes } from 'node:crypto';

/** A browser without scripts: keeps cookies by path, follows redirects, posts forms. */
export class Browser {
  readonly #cookies: { name: string; value: string; path: string }[] = [];

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const sent = this.#cookies.filter(
      ({ path }) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')),
    );
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, pathname);
    return response;
  }

  /** Follows redirects until a page comes, or an address `stop` takes. */
  async open(url: string, stop: (url: string) => boolean = () => false, init?: RequestInit) {
    let address = url;
    let response = await this.request(address, init);
    while (response.status >= 300 && response.status < 400) {
      address = new URL(response.headers.get('location')!, address).href;
      if (stop(address)) break;
      response = await this.request(address);
    }
    return { address, response };
  }

  post(url: string, fields: Record<string, string>, stop?: (url: string) => boolean) {
    return this.open(url, stop, { method: 'POST', body: new URLSearchParams(fields) });
  }

  #keep(line: string, requestPath: string) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const [name, value] = [pair!.slice(0, pair!.indexOf('=')), pair!.slice(pair!.indexOf('=') + 1)];
    const attribute = (wanted: string) =>
      attributes.find((a) => a.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? requestPath;
    const index = this.#cookies.findIndex((cookie) => cookie.name === name && cookie.path === path);
    if (index >= 0) this.#cookies.splice(index, 1);
    const expires = attribute('expires');
    if (value && !(expires && Date.parse(expires) < Date.now())) this.#cookies.push({ name, value, path });
  }
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
}

/** The first half of the code flow: up to the sign-in page. */
export async function openSignIn(
  gatewayUrl: string,
  browser = new Browser(),
  issuer = `${gatewayUrl}/realms/baton`,
) {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${gatewayUrl}/signed-in`;
  const query = new URLSearchParams({
    client_id: 'baton-editor',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: redirectUri,
    state: 'the-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const endpoint = `${issuer}/protocol/openid-connect`;
  const { address, response } = await browser.open(`${endpoint}/auth?${query}`, (url) =>
    url.startsWith(redirectUri),
  );
  const redeem = async (callback: string): Promise<Tokens> => {
    const fields = {
      grant_type: 'authorization_code',
      code: new URL(callback).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    };
    const answer = await requestTokens(gatewayUrl, fields, issuer);
    return (await answer.json()) as Tokens;
  };
  return { browser, redirectUri, address, response, redeem };
}

export function requestTokens(
  gatewayUrl: string,
  fields: Record<string, string>,
  issuer = `${gatewayUrl}/realms/baton`,
): Promise<Response> {
  return fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { origin: gatewayUrl },
    body: new URLSearchParams({ client_id: 'baton-editor', ...fields }),
  });
}

/** Name and password in, tokens out. */
export async function signIn(gatewayUrl: string, username: string, password = username): Promise<Tokens> {
  const { browser, address, redirectUri, redeem } = await openSignIn(gatewayUrl);
  const posted = await browser.post(address, { username, password }, (url) => url.startsWith(redirectUri));
  return redeem(posted.address);
}
