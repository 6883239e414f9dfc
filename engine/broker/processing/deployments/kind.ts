import { createHash } from 'node:crypto';
import type { DeploymentResource, DeploymentValue, Result } from '@baton/engine/protocol';
import type { ProcessingContext } from '../types.ts';

/** A deployment while its resources are made known. */
export interface Deployment extends Required<Omit<DeploymentValue, 'resources'>> {
  readonly key: number;
}

/** An id that stands once in a deployment. */
export interface Claim {
  kind: 'process' | 'decision' | 'decision requirements' | 'form' | 'resource';
  id: string;
}

/** What one resource, or one process of it, wants to be deployed as. */
export interface ReadResource {
  readonly resource: DeploymentResource;
  readonly claims: readonly Claim[];
  /** What it is bound to and the deployment lacks, in words. */
  missing?(deployed: (claim: Claim) => boolean): string | undefined;
  /** Compares with what is there. Called for each before any is written. */
  prepare(deployment: Deployment, context: ProcessingContext): PreparedResource;
}

/** Its new version has a key, unless it is a duplicate: then it gets one when something else of the deployment is new. */
export interface PreparedResource {
  readonly duplicate: boolean;
  /** Notes in the deployment that it is known already. */
  keep(): void;
  /** Emits the new version and notes it; what is given back follows the record of the deployment. */
  write(): (() => void) | undefined;
}

/** Reads resources of one kind; a failure is the text of its faults. */
export type ReadKind = (
  resource: DeploymentResource,
  context: ProcessingContext,
) => Result<ReadResource[], string>;

const checksumOf = ({ resource }: DeploymentResource) => createHash('sha256').update(resource).digest('hex');

/** The same bytes under the same name as the latest version. */
function isSame(
  { resourceName }: DeploymentResource,
  checksum: string,
  latest: { checksum: string; resourceName: string } | undefined,
): boolean {
  return latest?.checksum === checksum && latest.resourceName === resourceName;
}

/** How every kind is prepared: `make` draws the keys of the new version and gives what writes it. */
export function prepareVersion<L extends { checksum: string; resourceName: string }>(
  resource: DeploymentResource,
  latest: L | undefined,
  keep: (latest: L) => void,
  make: (checksum: string) => PreparedResource['write'],
): PreparedResource {
  const checksum = checksumOf(resource);
  if (!isSame(resource, checksum, latest)) return { duplicate: false, keep: () => {}, write: make(checksum) };
  return { duplicate: true, keep: () => keep(latest!), write: () => make(checksum)() };
}
