import type { Mail } from '../connections/smtp.ts';
import { countOf, exactly, text, withArguments } from './arguments.ts';
import { refusedConnection } from './databases.ts';

/** People one message goes to. */
const RECIPIENTS = 50;
const address = { ...text(320, 3), pattern: '^[^\\r\\n]*@[^\\r\\n]*$' };
const addresses = { type: 'array', items: address, maxItems: RECIPIENTS };

type Asked = { connection: string } & Partial<Omit<Mail, 'to'>> & Pick<Mail, 'to' | 'subject'>;

/** `email.send(connection, {to, subject, text …})`. */
export const emailService = withArguments<Asked>({
  kind: 'connection',
  input: exactly(
    {
      connection: text(63, 1),
      from: address,
      to: { ...addresses, minItems: 1 },
      cc: addresses,
      bcc: addresses,
      replyTo: address,
      subject: { ...text(500), pattern: '^[^\\r\\n]*$' },
      text: text(500_000),
      html: text(500_000),
      attachments: {
        type: 'array',
        maxItems: 20,
        items: exactly(
          {
            filename: { ...text(200, 1), pattern: '^[^\\r\\n/\\\\]*$' },
            content: text(1_000_000),
            contentType: text(100),
          },
          ['filename', 'content'],
        ),
      },
    },
    ['connection', 'to', 'subject'],
  ),
  what: ({ connection, to }) =>
    `${String(connection).slice(0, 63)}: send to ${Array.isArray(to) ? to.length : 0}`,
  async answer({ connection, to, subject, from, replyTo, text: plain, html, ...rest }, place, signal) {
    const refusal = refusedConnection(place, connection);
    if (refusal) return refusal;
    const { world, tenantId, sideEffect } = place;
    if (!sideEffect)
      return {
        ok: false,
        code: 'READ_ONLY',
        message: 'Expected a tool that declares a side effect to send mail, but it declares none',
      };
    const { cc = [], bcc = [], attachments = [] } = rest;
    const mail = { from, to, cc, bcc, replyTo, subject, text: plain, html, attachments };
    return world.connections.send(tenantId, connection, mail, signal);
  },
  outcome: (value) => `${countOf(value, 'accepted')} accepted`,
});
