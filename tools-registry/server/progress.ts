import type { ServerContext } from '@modelcontextprotocol/server';
import type { ToolProgress } from '../contract/index.ts';

/** Tells whoever gave a token how far the call is; it only ever rises, as the protocol wants it. */
export function progressOf({ mcpReq }: ServerContext): (progress: ToolProgress) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let before = Number.NEGATIVE_INFINITY;
  return ({ progress, total, message }) => {
    if (!(progress > before)) return;
    before = progress;
    const params = {
      progressToken,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    };
    // Whoever has gone away hears no more.
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
}
