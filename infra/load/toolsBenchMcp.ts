import { Agent, request } from 'node:http';
import { type CatalogTool, readToolDefinition, type ToolInvoker } from '@baton/tools-registry/contract';
import { serveFixtures } from '../real/mcp/servedFixtures.ts';
import { percentile, rounded } from './statistics.ts';

const CALLS = 1_500;
const WARM_UP = 300;

const toolOf = (name: string): CatalogTool => ({
  id: name,
  definition: readToolDefinition({
    name,
    input: { type: 'object' },
    output: { type: 'object' },
    sideEffect: name === 'change',
  }),
  version: 1,
  origin: { kind: 'saved' },
});
/** One that changes nothing, and one whose calls the audit says ahead, durably. */
const names = ['look', 'change'] as const;

/** Both generations of the protocol: a session, and requests that stand for themselves. */
const generations = ['2025-11-25', '2026-07-28'] as const;
type Generation = (typeof generations)[number];

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/**
 * ms that a call of a tool takes over MCP beside the tool itself: from the request to its answer, with sign-in, limits, quotas and
 * the durable audit, less what the tool took.
 */
export async function benchMcp(): Promise<unknown> {
  let ofTool = 0;
  const invoker: ToolInvoker = {
    async call({ arguments: given }) {
      const startedAt = performance.now();
      const outcome = { ok: true as const, value: { given }, version: 1, logs: [] };
      ofTool = performance.now() - startedAt;
      return outcome;
    },
  };
  const catalog = {
    get: async (_tenantId: string, name: string) => toolOf(name),
    list: async () => names.map(toolOf),
  };
  const rates = {
    'user.run': 1_000_000,
    'tenant.run': 1_000_000,
    'user.read': 1_000_000,
    'tenant.read': 1_000_000,
  };
  const served = await serveFixtures({ catalog, invoker }, { rates, burstPerSecond: 1_000_000 });
  const agent = new Agent({ keepAlive: true });

  function post(body: object, headers: { [name: string]: string }) {
    return new Promise<{ text: string; session: string | undefined }>((resolve, reject) => {
      const sent = request(
        `${served.url}/mcp`,
        {
          method: 'POST',
          agent,
          headers: {
            authorization: `Bearer ${served.token}`,
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            ...headers,
          },
        },
        (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          answer.on('end', () =>
            resolve({ text, session: answer.headers['mcp-session-id'] as string | undefined }),
          );
        },
      );
      sent.once('error', reject);
      sent.end(JSON.stringify({ jsonrpc: '2.0', ...body }));
    });
  }

  async function headersOf(generation: Generation, name: string): Promise<{ [name: string]: string }> {
    if (generation === '2026-07-28') {
      return { 'mcp-protocol-version': generation, 'mcp-method': 'tools/call', 'mcp-name': name };
    }
    const params = {
      protocolVersion: generation,
      capabilities: {},
      clientInfo: { name: 'bench', version: '1' },
    };
    const { session = '' } = await post({ id: 0, method: 'initialize', params }, {});
    return { 'mcp-protocol-version': generation, 'mcp-session-id': session };
  }

  async function measure(generation: Generation, name: string) {
    const headers = await headersOf(generation, name);
    const meta = generation === '2026-07-28' ? { _meta: envelope } : {};
    const over: number[] = [];
    for (let id = 1; id <= WARM_UP + CALLS; id++) {
      const startedAt = performance.now();
      const { text } = await post(
        { id, method: 'tools/call', params: { name, arguments: { id }, ...meta } },
        headers,
      );
      const took = performance.now() - startedAt;
      if (!text.includes(`"id":${id}`) || text.includes('"error"'))
        throw new Error(`Expected an answer, but got ${text}`);
      if (id > WARM_UP) over.push(took - ofTool);
    }
    return {
      p50: rounded(percentile(over, 0.5)),
      p95: rounded(percentile(over, 0.95)),
      p99: rounded(percentile(over, 0.99)),
    };
  }

  try {
    const overMs: { [generation: string]: unknown } = {};
    for (const generation of generations) {
      for (const name of names) overMs[`${generation} ${name}`] = await measure(generation, name);
    }
    return overMs;
  } finally {
    agent.destroy();
    await served.stop();
  }
}
