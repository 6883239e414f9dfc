import type { McpToolContract, McpToolState } from '../../../contract/index.ts';
import type { McpLock, McpLockedTool } from '../ports.ts';
import { canonicalText, contractHash } from './contractHash.ts';

export const emptyLock: McpLock = { revision: 0, tools: [] };

export function stateOf({ accepted, seen, gone }: McpLockedTool): McpToolState {
  if (!accepted) return 'new';
  if (gone !== undefined) return 'gone';
  return seen ? 'quarantined' : 'locked';
}

export interface Listing {
  contracts: readonly McpToolContract[];
  /** epoch ms */
  at: number;
  serverVersion?: string;
  /** Whoever saved the server: accepts what is listed first. */
  savedBy: string;
  /** Not taken without being looked at, not even the first time. */
  suspicious(contract: McpToolContract): boolean;
  /** What one person may see: others are not gone. */
  partial: boolean;
  /** Belongs to the first one still: some servers offer a part of their tools only when they know who asks. */
  settling?: boolean;
}

/** The lock after a listing; `undefined` when it says nothing new. */
export function afterListing(lock: McpLock, listing: Listing): McpLock | undefined {
  const first = lock.revision === 0;
  const known = new Map(lock.tools.map((tool) => [tool.tool, tool]));
  const listed = listing.contracts.map((contract) => {
    const before = known.get(contract.tool);
    known.delete(contract.tool);
    const hash = contractHash(contract);
    if (before) return asListed(before, contract, hash, listing.at);
    const seen = { contract, hash, at: listing.at };
    if (!(first || listing.settling) || listing.suspicious(contract)) return { tool: contract.tool, seen };
    return {
      tool: contract.tool,
      accepted: {
        contract,
        hash,
        version: 1,
        by: listing.savedBy,
        at: listing.at,
        ...(listing.serverVersion !== undefined && { serverVersion: listing.serverVersion }),
      },
    };
  });
  const missing = [...known.values()].flatMap((tool): McpLockedTool[] => {
    if (listing.partial) return [tool];
    if (!tool.accepted) return [];
    return [{ tool: tool.tool, accepted: tool.accepted, gone: tool.gone ?? listing.at }];
  });
  const tools = [...listed, ...missing].sort((a, b) => (a.tool < b.tool ? -1 : 1));
  if (!first && canonicalText(tools) === canonicalText(lock.tools)) return undefined;
  return { revision: lock.revision, tools };
}

function asListed(
  { tool, accepted, seen }: McpLockedTool,
  contract: McpToolContract,
  hash: string,
  at: number,
): McpLockedTool {
  if (accepted?.hash === hash) return { tool, accepted };
  const now = seen?.hash === hash ? seen : { contract, hash, at };
  return { tool, ...(accepted && { accepted }), seen: now };
}

/** The hash that stands for the tool as an admin sees it now. */
export function currentHash({ accepted, seen }: McpLockedTool): string | undefined {
  return seen?.hash ?? accepted?.hash;
}

/**
 * The lock after an admin took what the server says: a changed or new tool as it is, one that is gone as gone.
 * A tool's name when it is not as the admin saw it.
 */
export function afterAcceptance(
  lock: McpLock,
  taken: readonly { tool: string; hash: string }[],
  by: string,
  at: number,
  serverVersion: string | undefined,
): { ok: true; lock: McpLock } | { ok: false; changed: string } {
  const wanted = new Map(taken.map(({ tool, hash }) => [tool, hash]));
  const known = new Map(lock.tools.map((tool) => [tool.tool, tool]));
  for (const [tool, hash] of wanted) {
    const found = known.get(tool);
    if (!found || currentHash(found) !== hash) return { ok: false, changed: tool };
  }
  const tools = lock.tools.flatMap((tool): McpLockedTool[] => {
    if (!wanted.has(tool.tool)) return [tool];
    if (stateOf(tool) === 'gone') return [];
    if (!tool.seen) return [tool];
    const { contract, hash } = tool.seen;
    const version = (tool.accepted?.version ?? 0) + 1;
    return [
      {
        tool: tool.tool,
        accepted: {
          contract,
          hash,
          version,
          by,
          at,
          ...(serverVersion !== undefined && { serverVersion }),
        },
      },
    ];
  });
  return { ok: true, lock: { revision: lock.revision, tools } };
}
