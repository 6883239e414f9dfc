import { createHash } from 'node:crypto';
import { type ExecutableProcess, rejectionText, transform } from '@baton/engine/model';
import {
  type DeploymentResource,
  failed,
  ok,
  type ProcessMetadata,
  type Result,
} from '@baton/engine/protocol';
import { checkStartEvents, closeStartEvents, openStartEvents } from '../behaviors/startEvents.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

const HEADING = 'Expected to deploy new resources, but encountered the following errors:\n';

interface ReadProcess {
  resource: DeploymentResource;
  process: ExecutableProcess;
}

/** Takes all resources or none. */
export const createDeployment: CommandProcessor<'DEPLOYMENT'> = ({ value: { resources } }, context) => {
  if (resources.length === 0)
    return refuse('INVALID_ARGUMENT', 'Expected to deploy at least one resource, but none given');
  const read = readResources(resources, context);
  if (!read.ok) return refuse('INVALID_ARGUMENT', HEADING + read.failure);

  const deploymentKey = context.nextKey();
  const processesMetadata = read.value.map((each) => deploy(each, deploymentKey, context));
  const value = { resources: [], processesMetadata };
  context.event('DEPLOYMENT', 'CREATED', deploymentKey, value);
  context.respond({ valueType: 'DEPLOYMENT', intent: 'CREATED', key: deploymentKey, value });
  return ok();
};

function readResources(
  resources: readonly DeploymentResource[],
  context: ProcessingContext,
): Result<ReadProcess[], string> {
  const read: ReadProcess[] = [];
  const faults: string[] = [];
  for (const resource of resources) {
    const { resourceName } = resource;
    if (!/\.(bpmn|xml)$/.test(resourceName)) {
      faults.push(`'${resourceName}': unknown resource type\n`);
      continue;
    }
    const processes = transform(resource.resource, resourceName, context.feel);
    if (!processes.ok) {
      faults.push(rejectionText(resourceName, processes.failure).slice(HEADING.length));
      continue;
    }
    for (const process of processes.value) {
      const twin = read.find((other) => other.process.bpmnProcessId === process.bpmnProcessId);
      const starts = checkStartEvents(process, context);
      if (!starts.ok) {
        const { elementId, message } = starts.failure;
        faults.push(`'${resourceName}': - Element: ${elementId}\n    - ERROR: ${message}\n`);
      }
      if (twin)
        faults.push(
          `Duplicated process id in resources '${twin.resource.resourceName}' and '${resourceName}'\n`,
        );
      read.push({ resource, process });
    }
  }
  for (const { resource, process } of read) {
    for (const missing of missingTargets(process, read))
      faults.push(
        `'${resource.resourceName}': - Element: ${missing.id}\n    - ERROR: Expected to find process with id '${missing.processId}' in current deployment, but not found.\n`,
      );
  }
  return faults.length > 0 ? failed(faults.join('')) : ok(read);
}

/** Call activities bound to a process of the same deployment, which is not there. */
function missingTargets({ elements }: ExecutableProcess, deployed: readonly ReadProcess[]) {
  return [...elements.values()].flatMap((element) => {
    if (element.type !== 'CALL_ACTIVITY' || element.binding.kind !== 'deployment') return [];
    const { id, processId } = element;
    if (processId.kind !== 'static') return [];
    if (deployed.some(({ process }) => process.bpmnProcessId === processId.value)) return [];
    return [{ id, processId: processId.value }];
  });
}

/** The same bytes under the same name as the latest version make no new one. */
function deploy(
  { resource, process }: ReadProcess,
  deploymentKey: number,
  context: ProcessingContext,
): ProcessMetadata {
  const { resourceName } = resource;
  const { bpmnProcessId, versionTag } = process;
  const checksum = createHash('sha256').update(resource.resource).digest('hex');
  const latest = context.state.processes.latest(context.tenantId, bpmnProcessId);
  if (latest && latest.value.checksum === checksum && latest.value.resourceName === resourceName) {
    const { resource: _, ...known } = latest.value;
    return { ...known, duplicate: true, deploymentKey };
  }
  const metadata: ProcessMetadata = {
    bpmnProcessId,
    version: (latest?.value.version ?? 0) + 1,
    processDefinitionKey: context.nextKey(),
    resourceName,
    checksum,
    duplicate: false,
    deploymentKey,
    versionTag,
  };
  const value = { ...metadata, resource: resource.resource };
  context.event('PROCESS', 'CREATED', metadata.processDefinitionKey, value);
  if (latest) closeStartEvents(latest.key, context);
  openStartEvents({ key: metadata.processDefinitionKey, tenantId: context.tenantId, value }, context);
  return metadata;
}
