import { builtInTool } from './builtInTool.ts';

const headers = {
  type: 'object',
  description: 'Names and values',
  additionalProperties: { type: 'string' },
};

export const httpTools = [
  builtInTool({
    name: 'http.request',
    description:
      'Sends an HTTP request to a host that an admin has granted, and gives its answer: status, headers and body, which is read when it is JSON. Redirects are answers, not followed.',
    input: {
      type: 'object',
      properties: {
        url: { type: 'string', format: 'uri', examples: ['https://api.example.com/orders/42'] },
        method: { enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], default: 'GET' },
        headers,
        query: {
          type: 'object',
          description: 'Added to the address',
          additionalProperties: { type: ['string', 'number', 'boolean'] },
        },
        body: { description: 'A text, or a value that is sent as JSON' },
        secret: {
          type: 'string',
          description: 'Name of a granted secret, sent as `authorization: Bearer …`',
        },
      },
      required: ['url'],
      additionalProperties: false,
    },
    output: {
      type: 'object',
      properties: {
        status: { type: 'integer' },
        ok: { type: 'boolean', description: 'Whether the status is 200 to 299' },
        headers,
        body: { description: 'Read, when it is JSON; otherwise a text' },
      },
      required: ['status', 'ok', 'headers', 'body'],
    },
    capabilities: { network: ['*'], secrets: ['*'] },
    sideEffect: true,
    egress: true,
    run: `const { url, method = 'GET', headers = {}, query = {}, body, secret } = input;
const sent = { ...headers };
if (secret !== undefined) sent.authorization = 'Bearer ' + (await context.secrets.get(secret));
if (body !== undefined && typeof body !== 'string' && !Object.keys(sent).some((name) => name.toLowerCase() === 'content-type'))
  sent['content-type'] = 'application/json';
const added = Object.entries(query).map(([name, value]) => encodeURIComponent(name) + '=' + encodeURIComponent(value)).join('&');
const [address, fragment] = url.split('#');
const whole = added ? address + (address.includes('?') ? '&' : '?') + added : address;
const answer = await context.fetch(whole, { method, headers: sent, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) });
const text = await answer.text();
let read = text;
if (/json/i.test(answer.headers['content-type'] ?? '')) { try { read = JSON.parse(text); } catch {} }
return { status: answer.status, ok: answer.ok, headers: answer.headers, body: read };`,
  }),
  builtInTool({
    name: 'web.read',
    description: 'Reads a web page of a granted host as plain text, with its title.',
    input: {
      type: 'object',
      properties: {
        url: { type: 'string', format: 'uri', examples: ['https://example.com/'] },
        maxCharacters: { type: 'integer', minimum: 100, maximum: 500000, default: 50000 },
      },
      required: ['url'],
      additionalProperties: false,
    },
    output: {
      type: 'object',
      properties: {
        title: { type: 'string' },
        text: { type: 'string' },
        truncated: { type: 'boolean' },
        status: { type: 'integer' },
      },
      required: ['title', 'text', 'truncated', 'status'],
    },
    capabilities: { network: ['*'] },
    egress: true,
    run: `const { url, maxCharacters = 50000 } = input;
let address = url;
const read = () => context.fetch(address, { headers: { accept: 'text/html, text/plain;q=0.9, */*;q=0.1' } });
let answer = await read();
for (let hops = 0; hops < 5; hops++) {
  const next = answer.headers.location;
  if (answer.status < 300 || answer.status >= 400 || !next) break;
  const origin = /^https?:\\/\\/[^\\/]+/.exec(address)?.[0] ?? '';
  address = /^https?:/.test(next) ? next : next.startsWith('//') ? address.split('//')[0] + next : next.startsWith('/') ? origin + next : address.replace(/[^\\/]*$/, '') + next;
  answer = await read();
}
const body = await answer.text();
const isPage = /html/i.test(answer.headers['content-type'] ?? '') || /^\\s*</.test(body);
const title = isPage ? (/<title[^>]*>([^<]*)/i.exec(body.slice(0, 100000))?.[1] ?? '') : '';
const text = isPage ? await context.html.text(body.slice(0, 1900000)) : body;
return { title: title ? await context.html.text(title) : '', text: text.slice(0, maxCharacters), truncated: text.length > maxCharacters, status: answer.status };`,
  }),
];
