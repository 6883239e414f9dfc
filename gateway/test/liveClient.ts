import { WebSocket } from 'ws';
import { type ServerMessage, serverMessage } from '../api/index.ts';

export interface LiveClient {
  protocol: string;
  /** Close code and reason. */
  closed: Promise<{ code: number; reason: string }>;
  send(message: object): void;
  /** Messages in order, one at a time. */
  next(): Promise<ServerMessage>;
  close(): Promise<void>;
}

/** A socket of `/ws` that waits for messages in order. Rejects with the status of a refused upgrade. */
export async function connectLive(
  url: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['baton', `bearer.${token}`], { headers });
  const messages: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  socket.on('message', (data) => {
    const message = serverMessage.parse(JSON.parse(String(data)));
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return {
    protocol: socket.protocol,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    next() {
      const message = messages.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
    async close() {
      socket.close();
      await closed;
    },
  };
}
