import type { Result } from '@baton/engine/protocol';
import type { ClaimSide, ClaimStore, ResourceKind } from '@baton/infra/store';
import { type Refusal, refuse } from '../../refusal.ts';

/** ms in which a save or a deletion is done; one that never comes back stands in nobody's way for longer. */
const claimTime = 30_000;

/**
 * Keeps apart the saving of what names something and the taking away of that name, whichever gateways they meet at. Both
 * claim first, then look for the other's claim, then check and change: of two at the same moment at least one is refused.
 *
 * What holds: after any number of saves, deletions and renamings either what an agent's latest version names is there, or
 * no agent's latest version names it; what a workflow names was not taken away while it did. The exception is a process that stands still for longer than its claim between its
 * check and its write; a run of the agent then says what is missing.
 */
export interface NameClaims {
  /** @param save checks that the references are there, and saves what names them. */
  naming<T>(
    tenantId: string,
    references: readonly string[],
    save: () => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>>;
  /** @param end checks that nothing names it, and takes the name away. */
  ending<T>(
    tenantId: string,
    reference: string,
    end: () => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>>;
}

export function createNameClaims({
  claims,
  now,
  newId,
}: {
  claims: ClaimStore;
  now(): number;
  newId(): string;
}): NameClaims {
  async function whileClaimed<T>(
    tenantId: string,
    side: ClaimSide,
    references: readonly string[],
    work: (id: string) => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    const id = newId();
    await claims.claim(tenantId, { id, side, references, until: new Date(now() + claimTime) });
    try {
      return await work(id);
    } finally {
      await claims.release(tenantId, id);
    }
  }

  return {
    async naming(tenantId, references, save) {
      const claimed = references.filter(isClaimed);
      if (claimed.length === 0) return save();
      return whileClaimed(tenantId, 'naming', claimed, async () => {
        const ending = await claims.claimed(tenantId, 'ending', claimed);
        if (ending.length === 0) return save();
        return refuse(
          'REFERENCE_MISSING',
          `Expected what is named to be there, but somebody is deleting or renaming ${ending.map(named).join(', ')} at this moment`,
          { missing: ending.map(missingOf) },
        );
      });
    },
    ending(tenantId, reference, end) {
      if (!isClaimed(reference)) return end();
      return whileClaimed(tenantId, 'ending', [reference], async (id) => {
        const [naming, ending] = await Promise.all([
          claims.claimed(tenantId, 'naming', [reference]),
          claims.claimed(tenantId, 'ending', [reference], id),
        ]);
        if (naming.length + ending.length === 0) return end();
        return refuse(
          'IN_USE',
          naming.length > 0
            ? `Expected a name that nothing uses, but something that names ${named(reference)} is being saved at this moment`
            : `Expected to be the only one, but somebody else is deleting or renaming ${named(reference)} at this moment`,
        );
      });
    },
  };
}

/** What others name and cannot do without; a deleted provider goes on for those that name it. */
const isClaimed = (reference: string) => /^(?:agent|tool|prompt|policy|task|mcpServer)\//.test(reference);

export interface MissingReference {
  kind: ResourceKind | 'mcpServer';
  name: string;
}

function missingOf(reference: string): MissingReference {
  const at = reference.indexOf('/');
  return { kind: reference.slice(0, at) as MissingReference['kind'], name: reference.slice(at + 1) };
}

function named(reference: string): string {
  const { kind, name } = missingOf(reference);
  return `the ${kind === 'mcpServer' ? 'MCP server' : kind} '${name}'`;
}
