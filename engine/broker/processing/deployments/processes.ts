import type { Expression } from '@baton/engine/feel';
import {
  type Binding,
  type ExecutableProcess,
  rejectionText,
  type StartTrigger,
  transform,
} from '@baton/engine/model';
import { failed, ok, type ProcessMetadata, type ProcessValue } from '@baton/engine/protocol';
import { checkStartEvents, closeStartEvents, openStartEvents } from '../behaviors/startEvents.ts';
import { type Claim, prepareVersion, type ReadKind, type ReadResource } from './kind.ts';

/** A `.bpmn` file: its executable processes. */
export const processes: ReadKind = (resource, context) => {
  const { resourceName } = resource;
  const read = transform(resource.resource, resourceName, context.feel);
  if (!read.ok) return failed(withoutHeading(rejectionText(resourceName, read.failure)));
  const faults: string[] = [];
  for (const process of read.value) {
    const starts = checkStartEvents(process, context);
    if (starts.ok) continue;
    const { elementId, message } = starts.failure;
    faults.push(`'${resourceName}': - Element: ${elementId}\n    - ERROR: ${message}\n`);
  }
  if (faults.length > 0) return failed(faults.join('\n'));
  return ok(read.value.map((process) => processOf(resource, process)));
};

const withoutHeading = (text: string) => text.slice(text.indexOf('\n') + 1);

function processOf(resource: ReadResource['resource'], process: ExecutableProcess): ReadResource {
  const { bpmnProcessId, versionTag } = process;
  const { resourceName } = resource;
  return {
    resource,
    claims: [{ kind: 'process', id: bpmnProcessId }],
    missing(deployed) {
      const missing = boundTargets(process).filter(({ claim }) => !deployed(claim));
      if (missing.length === 0) return undefined;
      const lines = missing.map(
        ({ element, claim }) =>
          `- Element: ${element}\n    - ERROR: Expected to find ${claim.kind} with id '${claim.id}' in current deployment, but not found.\n`,
      );
      return `'${resourceName}':\n${lines.join('')}`;
    },
    prepare({ key: deploymentKey, processesMetadata }, context) {
      const { state, tenantId } = context;
      const latest = state.processes.latest(tenantId, bpmnProcessId);
      const keep = ({ resource: _, ...known }: ProcessValue) =>
        processesMetadata.push({ ...known, duplicate: true });
      return prepareVersion(resource, latest?.value, keep, (checksum) => {
        const metadata: ProcessMetadata = {
          bpmnProcessId,
          version: state.processes.highest(tenantId, bpmnProcessId) + 1,
          processDefinitionKey: context.nextKey(),
          resourceName,
          checksum,
          duplicate: false,
          deploymentKey,
          versionTag,
        };
        return () => {
          const key = metadata.processDefinitionKey;
          const value = { ...metadata, resource: resource.resource };
          context.event('PROCESS', 'CREATED', key, value);
          const replace = (...kinds: StartTrigger['kind'][]) => {
            if (latest) closeStartEvents(latest.key, context, kinds);
            openStartEvents({ key, tenantId, value }, context, kinds);
          };
          replace('timer');
          processesMetadata.push(metadata);
          return () => replace('message', 'signal', 'conditional');
        };
      });
    },
  };
}

/** What elements are bound to that has to be part of the same deployment. */
function boundTargets({ elements }: ExecutableProcess): { element: string; claim: Claim }[] {
  return [...elements.values()].flatMap((element) => {
    const activity = element.type === 'MULTI_INSTANCE_BODY' ? element.inner : element;
    const bound = (kind: Claim['kind'], named: string, binding: Binding, id: Expression) =>
      binding.kind === 'deployment' && id.kind === 'static'
        ? [{ element: `${element.id} > extensionElements > ${named}`, claim: { kind, id: id.value } }]
        : [];
    switch (activity.type) {
      case 'CALL_ACTIVITY':
        return bound('process', 'calledElement', activity.binding, activity.processId);
      case 'BUSINESS_RULE_TASK': {
        const { work } = activity;
        if (work.kind === 'job') return [];
        return bound('decision', 'calledDecision', work.binding, work.decisionId);
      }
      case 'USER_TASK':
        return activity.form ? bound('form', 'formDefinition', activity.form.binding, activity.form.id) : [];
      default:
        return [];
    }
  });
}
