/**
 * The server of the tests: `node server.mjs <stdio|stdio-older|http|http-older|sse> [manner]`.
 * Over HTTP it says on which port it listens, in a line of its standard output.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import {
  createMcpHandler,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { toolList, toolsOf } from './tools.mjs';

const [, , way = 'stdio', manner] = process.argv;
// An answer to who was cut off has nowhere to go; the server goes on for the others.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});

/** Requests under way, so that a tool may cut its own. */
const responses = new Set();
let handler;

const tools = toolsOf({
  manner,
  drop() {
    if (way.startsWith('stdio')) process.exit(3);
    for (const response of responses) response.destroy();
  },
  notifyChanged: (server) => (handler ? handler.notify.toolsChanged() : server.sendToolListChanged()),
});

function newServer(era) {
  const server = new Server(
    { name: 'manners', version: '1.0.0' },
    { capabilities: { tools: { listChanged: true }, resources: {}, prompts: {} } },
  );
  server.setRequestHandler('tools/list', async ({ params }) => {
    if (manner === 'restless') await server.sendToolListChanged();
    return toolList(tools, params?.cursor, manner);
  });
  server.setRequestHandler('tools/call', ({ params }, ctx) => {
    const tool = tools[params.name];
    if (!tool) return { content: [{ type: 'text', text: `no tool ${params.name}` }], isError: true };
    return tool.call(params.arguments ?? {}, ctx, era, server);
  });
  server.setRequestHandler('resources/list', () => ({
    resources: [{ uri: 'file:///notes.txt', name: 'notes', mimeType: 'text/plain' }],
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'file:///{path}', name: 'any file' }],
  }));
  server.setRequestHandler('resources/read', ({ params }) => ({
    contents: [{ uri: params.uri, text: 'Notes.' }],
  }));
  server.setRequestHandler('prompts/list', () => ({
    prompts: [{ name: 'greeting', description: 'A greeting.', arguments: [{ name: 'who', required: true }] }],
  }));
  server.setRequestHandler('prompts/get', ({ params }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Hello, ${params.arguments?.who}.` } }],
  }));
  return server;
}

const factory = ({ era } = { era: 'legacy' }) => newServer(era);

if (manner === 'silent' && way.startsWith('stdio')) process.stdin.resume();
else if (way === 'stdio') {
  if (manner === 'chatty') console.log('Starting up, please wait …');
  serveStdio(factory);
} else if (way === 'stdio-older') await newServer('legacy').connect(new StdioServerTransport());
else listen();

/** A web request from Node's, and the answer back. */
async function answer(request, response, handle) {
  const hasBody = request.method === 'POST';
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const web = new Request(`http://${request.headers.host}${request.url}`, {
    method: request.method,
    headers: request.headers,
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(request), duplex: 'half' }),
  });
  const answered = await handle(web);
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (!answered.body) return response.end();
  Readable.fromWeb(answered.body)
    .on('error', () => response.destroy())
    .pipe(response);
}

function listen() {
  const sessions = new Map();
  handler = way === 'http' ? createMcpHandler(factory, { responseMode: 'sse' }) : undefined;
  const older = async (web) => {
    const known = sessions.get(web.headers.get('mcp-session-id'));
    if (known) return known.handleRequest(web);
    if (web.headers.has('mcp-session-id')) return new Response('no such session', { status: 404 });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await newServer('legacy').connect(transport);
    return transport.handleRequest(web);
  };
  const http = createServer(async (request, response) => {
    responses.add(response);
    response.on('close', () => responses.delete(response));
    const url = new URL(request.url, 'http://localhost');
    if (manner === 'silent') return;
    if (url.pathname === '/forget') {
      sessions.clear();
      return response.end();
    }
    if (manner === 'locked' && request.headers['x-key'] !== 'open-sesame') {
      return response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    }
    if (way === 'sse') {
      if (request.method === 'GET') {
        const { SSEServerTransport } = await import('@modelcontextprotocol/sdk/server/sse.js');
        const transport = new SSEServerTransport('/messages', response);
        sessions.set(transport.sessionId, transport);
        return newServer('legacy').connect(transport);
      }
      const transport = sessions.get(url.searchParams.get('sessionId'));
      return transport ? transport.handlePostMessage(request, response) : response.writeHead(404).end();
    }
    await answer(request, response, way === 'http' ? handler.fetch : older).catch(() => response.destroy());
  });
  http.listen(0, '127.0.0.1', () => console.log(`listening on ${http.address().port}`));
}
