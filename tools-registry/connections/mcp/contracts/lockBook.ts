import type { McpFinding, McpToolContract, McpToolView } from '../../../contract/index.ts';
import type { McpLock, McpLockedTool, McpWorld } from '../ports.ts';
import { contractDrift } from './contractDrift.ts';
import { scanContract } from './contractScan.ts';
import { afterAcceptance, afterListing, emptyLock, type Listing, stateOf } from './locking.ts';

/** Attempts to write what others write at the same time. */
const ATTEMPTS = 10;

/** What is known of the tools of one server, and how it comes to be known. */
export interface LockBook {
  current(): Promise<McpLock>;
  /** What is in memory is not what is stored any more. */
  forget(): void;
  /** True when the listing said something new. */
  listed(listing: Listing): Promise<boolean>;
  /** The name of a tool that is not as the admin saw it; `undefined` when all are taken. */
  accept(
    taken: readonly { tool: string; hash: string }[],
    by: string,
    at: number,
    serverVersion: string | undefined,
  ): Promise<string | undefined>;
}

export function createLockBook(
  { locks }: Pick<McpWorld, 'locks'>,
  tenantId: string,
  serverId: string,
): LockBook {
  let known: Promise<McpLock> | undefined;
  const read = async () => (await locks.get(tenantId, serverId)) ?? emptyLock;

  async function change(next: (lock: McpLock) => McpLock | undefined): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const lock = await read();
      const changed = next(lock);
      if (!changed) {
        known = Promise.resolve(lock);
        return false;
      }
      if (await locks.put(tenantId, serverId, changed)) {
        known = Promise.resolve({ ...changed, revision: changed.revision + 1 });
        return true;
      }
    }
    throw new Error(`the lock of server ${serverId} is written by others all the time`);
  }

  return {
    current() {
      known ??= read().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
    forget() {
      known = undefined;
    },
    listed: (listing) => change((lock) => afterListing(lock, listing)),
    async accept(taken, by, at, serverVersion) {
      let refused: string | undefined;
      await change((lock) => {
        const after = afterAcceptance(lock, taken, by, at, serverVersion);
        refused = after.ok ? undefined : after.changed;
        return after.ok ? after.lock : undefined;
      });
      return refused;
    },
  };
}

/** Contracts whose findings are remembered: reading a large one takes a while, and it is looked at often. */
const REMEMBERED = 5_000;
const remembered = new Map<string, McpFinding[]>();

function findingsOf(contract: McpToolContract, hash: string): McpFinding[] {
  const known = remembered.get(hash);
  if (known) return known;
  const found = scanContract(contract);
  remembered.set(hash, found);
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  return found;
}

/** A tool as admins see it: what the server says now, and how that differs from what was accepted. */
export function toolView(server: string, tool: McpLockedTool): McpToolView | undefined {
  const { accepted, seen } = tool;
  const shown = seen ?? accepted;
  if (!shown) return undefined;
  const { contract, hash } = shown;
  return {
    ...contract,
    name: `${server}.${contract.tool}`,
    hash,
    state: stateOf(tool),
    accepted: accepted ? { hash: accepted.hash, by: accepted.by, at: accepted.at } : null,
    drift: accepted && seen ? { ...contractDrift(accepted.contract, seen.contract), seenAt: seen.at } : null,
    findings: findingsOf(contract, hash),
  };
}

/** A tool of a server that nobody has saved. */
export function unsavedView(server: string, contract: McpToolContract, hash: string): McpToolView {
  return {
    ...contract,
    name: `${server}.${contract.tool}`,
    hash,
    state: 'new',
    accepted: null,
    drift: null,
    findings: findingsOf(contract, hash),
  };
}
