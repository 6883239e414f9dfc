import { z } from 'zod';
import { route } from '../api/route.ts';

const shared = { path: '/mcp', permission: 'signedIn', status: 200, errors: [] } as const;
/** JSON-RPC 2.0; what is wrong with it is answered in its own words. */
const body = z.unknown();

/**
 * What a request of `/mcp` counts as, in the words of the route table: the same stages let it in. Which parts of the face its
 * caller sees is asked for each of them.
 */
export const mcpRows = {
  ask: route({
    ...shared,
    method: 'POST',
    summary: 'Ask the MCP server',
    rate: 'read',
    body,
    question: true,
  }),
  /** Until it is known that the tool may change something. */
  useTool: route({
    ...shared,
    method: 'POST',
    summary: 'Call a tool over MCP',
    rate: 'run',
    body,
    question: true,
  }),
  callTool: route({ ...shared, method: 'POST', summary: 'Call a tool over MCP', rate: 'run', body }),
  listen: route({ ...shared, method: 'GET', summary: 'Hear of changes over MCP', rate: 'read' }),
  endSession: route({
    ...shared,
    method: 'DELETE',
    summary: 'End a session of MCP',
    rate: 'read',
    question: true,
  }),
};
export type McpRow = keyof typeof mcpRows;
