import { ok } from '@baton/engine/protocol';
import type { mcpServerRoutes } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';

export function mcpServerHandlers(): HandlersOf<typeof mcpServerRoutes> {
  const missing = async (id: string) =>
    refuse('NOT_FOUND', `Expected an MCP server '${id}', but there is none`);
  const closed = async () =>
    refuse('INVALID_STATE', 'Expected an installation that connects to MCP servers, but this one does not');
  return {
    list: async ({ query }) => ok(listAnswer([], 0, query)),
    create: closed,
    check: closed,
    completeAuthorization: closed,
    get: ({ params }) => missing(params.id),
    replace: ({ params }) => missing(params.id),
    delete: ({ params }) => missing(params.id),
    checkSaved: ({ params }) => missing(params.id),
    approve: ({ params }) => missing(params.id),
    tools: ({ params }) => missing(params.id),
    acceptTools: ({ params }) => missing(params.id),
    resources: ({ params }) => missing(params.id),
    prompts: ({ params }) => missing(params.id),
    request: ({ params }) => missing(params.id),
    messages: ({ params }) => missing(params.id),
    authorize: ({ params }) => missing(params.id),
    setMyToken: ({ params }) => missing(params.id),
    deleteMyToken: ({ params }) => missing(params.id),
  };
}
