import { createTransport } from 'nodemailer';
import { admit, guardedSocket } from './dial.ts';
import { addressOf, type ConnectionPlace, type OpenConnection, stoppable } from './openConnection.ts';

export interface Mail {
  from: string | undefined;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string | undefined;
  subject: string;
  text: string | undefined;
  html: string | undefined;
  attachments: { filename: string; content: string; contentType?: string }[];
}

export interface SentMail {
  messageId: string;
  accepted: string[];
  rejected: string[];
}

export interface MailServer extends OpenConnection {
  send(mail: Mail, signal: AbortSignal): Promise<SentMail>;
}

/** `smtps://` is encrypted from the start; `smtp://` as soon as the server can, and without fail with `?tls=required`. */
export function openSmtp({ connection, dial }: ConnectionPlace): MailServer {
  const secure = connection.url.startsWith('smtps:');
  const { host, port, user, parameters } = addressOf(connection, secure ? 465 : 587);
  const insecure = parameters.get('tls') === 'unverified';

  async function using<T>(
    signal: AbortSignal,
    work: (transport: ReturnType<typeof createTransport>) => Promise<T>,
  ): Promise<T> {
    await admit(dial, host, port);
    const transport = createTransport({
      host,
      port,
      secure,
      requireTLS: parameters.get('tls') === 'required',
      tls: { rejectUnauthorized: !insecure, servername: host },
      ...(user && { auth: { user, pass: connection.password ?? '' } }),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
      // A message is made of what the tool gives it, not of files and addresses here.
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket(_options: unknown, callback: (error: Error | null, options?: object) => void) {
        const socket = guardedSocket(dial);
        socket.once('error', callback);
        socket.once('connect', () => {
          socket.off('error', callback);
          callback(null, { connection: socket });
        });
        socket.connect(port, host);
      },
    } as Parameters<typeof createTransport>[0]);
    try {
      return await stoppable(
        signal,
        () => transport.close(),
        () => work(transport),
      );
    } finally {
      transport.close();
    }
  }

  return {
    test: (signal) =>
      using(signal, async (transport) => {
        await transport.verify();
        return user ? `${host} lets ${user} in` : `${host} answers`;
      }),
    send: ({ from, ...mail }, signal) =>
      using(signal, async (transport) => {
        const sender = parameters.get('from') ?? from ?? user;
        const sent = await transport.sendMail({ ...mail, from: sender });
        const { messageId, accepted = [], rejected = [] } = sent as unknown as SentMail;
        return { messageId, accepted: accepted.map(String), rejected: rejected.map(String) };
      }),
    close: async () => {},
  };
}
