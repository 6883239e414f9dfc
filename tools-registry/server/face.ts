import type { McpFace } from '../contract/index.ts';
import type { McpFaceWorld } from './world.ts';

/** Our MCP server, for all tenants; the protocol is loaded with the first request. */
export function createMcpFace(world: McpFaceWorld): McpFace {
  let opened: Promise<McpFace> | undefined;
  return {
    async handle(request, body, caller) {
      opened ??= import('./openFace.ts').then(({ openFace }) => openFace(world));
      return (await opened).handle(request, body, caller);
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
