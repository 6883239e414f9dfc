import { builtInTool } from './builtInTool.ts';

const addresses = { type: 'array', items: { type: 'string', format: 'email' }, maxItems: 50 };

export const emailTools = [
  builtInTool({
    name: 'email.send',
    description: 'Sends an e-mail by a granted mail connection.',
    input: {
      type: 'object',
      properties: {
        connection: { type: 'string', description: 'Name of a granted connection' },
        to: { ...addresses, minItems: 1 },
        cc: addresses,
        bcc: addresses,
        replyTo: { type: 'string', format: 'email' },
        subject: { type: 'string', maxLength: 500 },
        text: { type: 'string' },
        html: { type: 'string' },
      },
      required: ['connection', 'to', 'subject'],
      additionalProperties: false,
    },
    output: {
      type: 'object',
      properties: {
        messageId: { type: 'string' },
        accepted: { type: 'array', items: { type: 'string' } },
        rejected: { type: 'array', items: { type: 'string' } },
      },
      required: ['messageId', 'accepted', 'rejected'],
    },
    capabilities: { connections: ['*'] },
    sideEffect: true,
    egress: true,
    run: `const { connection, ...mail } = input;
return context.email.send(connection, mail);`,
  }),
];
