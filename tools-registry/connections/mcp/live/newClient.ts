import { Client, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/client';
import { type JsonSchema, type JsonValue, type McpServer, validateAgainst } from '../../../contract/index.ts';
import { currentSchema } from '../contracts/currentSchema.ts';
import type { McpWorld } from '../ports.ts';
import type { ConnectionEvents } from './connection.ts';

/** ms to wait for an answer to the newer generation's question, before the older one's is put. */
const PROBE = { http: 10_000, sse: 10_000, stdio: 4_000 };
/** A client of both generations that asks people, and offers nothing else to servers. */
export function newClient({ product }: McpWorld, { transport }: McpServer, events: ConnectionEvents): Client {
  const changed = { autoRefresh: false, debounceMs: 0, onChanged: () => events.toolsChanged() };
  const client = new Client(
    { name: product.name, version: product.version },
    {
      capabilities: { elicitation: { form: {} } },
      versionNegotiation: { mode: 'auto', probe: { timeoutMs: PROBE[transport.kind] } },
      inputRequired: { autoFulfill: false },
      listChanged: { tools: changed },
      // Schemas of servers are interpreted: the SDK's own validator would turn them into code of ours.
      jsonSchemaValidator: {
        getValidator:
          <T>(schema: unknown) =>
          (value: unknown) => {
            const wrong = validateAgainst(currentSchema(schema as JsonSchema), value as JsonValue)[0];
            return wrong
              ? { valid: false as const, data: undefined, errorMessage: wrong.message }
              : { valid: true as const, data: value as T, errorMessage: undefined };
          },
      },
    },
  );
  client.fallbackRequestHandler = async ({ method }) => {
    throw new ProtocolError(
      ProtocolErrorCode.MethodNotFound,
      `Expected a question to a person (elicitation/create), but '${method}' is not offered here`,
    );
  };
  return client;
}
