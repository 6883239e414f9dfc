import { type DeploymentResource, failed, ok, type Result } from '@baton/engine/protocol';
import { kindOf } from '../deployments/index.ts';
import type { Claim, Deployment, ReadResource } from '../deployments/kind.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

const HEADING = 'Expected to deploy new resources, but encountered the following errors:';

/** Takes all resources or none. */
export const createDeployment: CommandProcessor<'DEPLOYMENT'> = ({ value: { resources } }, context) => {
  if (resources.length === 0)
    return refuse('INVALID_ARGUMENT', 'Expected to deploy at least one resource, but none given');
  const read = readResources(resources, context);
  if (!read.ok) return refuse('INVALID_ARGUMENT', HEADING + read.failure);

  const deployment: Deployment = {
    key: context.nextKey(),
    processesMetadata: [],
    decisionsMetadata: [],
    decisionRequirementsMetadata: [],
    formMetadata: [],
    resourceMetadata: [],
  };
  // one that is new makes all new: what is bound within the deployment stays together
  const prepared = read.value.map((each) => each.prepare(deployment, context));
  const nothingNew = prepared.every(({ duplicate }) => duplicate);
  const afterwards: ReturnType<(typeof prepared)[number]['write']>[] = [];
  for (const each of prepared) {
    if (nothingNew) each.keep();
    else afterwards.push(each.write());
  }
  const { key, ...metadata } = deployment;
  const value = { resources: [], ...metadata };
  context.event('DEPLOYMENT', 'CREATED', key, value);
  for (const follow of afterwards) follow?.();
  context.respond({ valueType: 'DEPLOYMENT', intent: 'CREATED', key, value });
  return ok();
};

function readResources(
  resources: readonly DeploymentResource[],
  context: ProcessingContext,
): Result<ReadResource[], string> {
  const read: ReadResource[] = [];
  const faults: string[] = [];
  for (const resource of resources) {
    const { resourceName } = resource;
    const kind = kindOf(resourceName);
    const found = kind ? kind(resource, context) : failed(`\n'${resourceName}': unknown resource type`);
    if (!found.ok) {
      faults.push(found.failure);
      continue;
    }
    for (const one of found.value) {
      const fault = claimedTwice(one, read);
      if (fault) faults.push(fault);
      read.push(one);
    }
  }
  const claims = new Set(read.flatMap((one) => one.claims.map(nameOf)));
  for (const { missing } of read) {
    const fault = missing?.((claim) => claims.has(nameOf(claim)));
    if (fault !== undefined) faults.push(fault);
  }
  return faults.length > 0 ? failed(faults.map((fault) => `\n${fault}`).join('')) : ok(read);
}

const nameOf = ({ kind, id }: Claim) => `${kind} ${id}`;

/** The ids that may be claimed once, in the words of the real broker. */
const twice: { readonly [K in Claim['kind']]: (id: string, first: string, second: string) => string } = {
  process: (_, first, second) => `Duplicated process id in resources '${first}' and '${second}'`,
  decision: (id, first, second) =>
    `Expected the decision ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
  'decision requirements': (id, first, second) =>
    `Expected the decision requirements ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
  form: (id, first, second) =>
    `Expected the form ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
  resource: (id, first, second) =>
    `Expected the resource ids to be unique within a deployment but found a duplicated id '${id}' in the resources '${first}' and '${second}'.`,
};

function claimedTwice(
  { resource, claims }: ReadResource,
  others: readonly ReadResource[],
): string | undefined {
  for (const claim of claims) {
    const twin = others.find((other) => other.claims.some((one) => nameOf(one) === nameOf(claim)));
    if (twin) return twice[claim.kind](claim.id, twin.resource.resourceName, resource.resourceName);
  }
  return undefined;
}
