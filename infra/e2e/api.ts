/** The public API of a product as one user reaches it. */
export interface Api {
  get<T>(path: string): Promise<T>;
  post<T = { id: string; key: string }>(path: string, body?: object): Promise<T>;
  put<T>(path: string, body: object): Promise<T>;
  delete(path: string): Promise<void>;
  /** Events of a run as they come, the last one its end. */
  events(path: string, body: object, heard: (event: { event: string; data: unknown }) => void): Promise<void>;
}

export class Refused extends Error {}

/** Signs in with the development password, which is the user's name. */
export async function signedIn(address: string, username: string): Promise<Api> {
  let token = '';
  async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const answer = await fetch(`${address}/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Refused(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  async function json<T>(method: string, path: string, body?: object): Promise<T> {
    const text = await (await send(method, path, body)).text();
    return (text ? JSON.parse(text) : undefined) as T;
  }
  token = (await json<{ access_token: string }>('POST', '/login', { username, password: username }))
    .access_token;
  return {
    get: (path) => json('GET', path),
    post: (path, body) => json('POST', path, body),
    put: (path, body) => json('PUT', path, body),
    delete: (path) => json('DELETE', path),
    async events(path, body, heard) {
      const { body: stream } = await send('POST', path, body, { accept: 'text/event-stream' });
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const event = /^event: ?(.*)$/m.exec(part)?.[1];
          const data = /^data: ?(.*)$/m.exec(part)?.[1];
          if (event && data) heard({ event, data: JSON.parse(data) });
        }
      }
    },
  };
}
