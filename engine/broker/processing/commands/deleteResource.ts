import { ok } from '@baton/engine/protocol';
import type { Process } from '../../state/processes.ts';
import { closeStartEvents, openStartEvents } from '../behaviors/startEvents.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

/** A process, the decisions of a file, a form or another resource goes; what came before it takes its place. */
export const deleteResource: CommandProcessor<'RESOURCE_DELETION'> = ({ value }, context) => {
  const { resourceKey } = value;
  const { state } = context;
  const process = reach(state.processes.get(resourceKey), context);
  if (process && state.elementInstances.anyOf(resourceKey))
    return refuse(
      'INVALID_STATE',
      `Expected to delete resource with key \`${resourceKey}\` but there are still running instances`,
    );
  const deletion = process ? () => deleteProcess(process, context) : otherDeletion(resourceKey, context);
  if (!deletion)
    return refuse(
      'NOT_FOUND',
      `Expected to delete resource but no resource found with key \`${resourceKey}\``,
    );
  const key = context.nextKey();
  context.event('RESOURCE_DELETION', 'DELETING', key, value);
  deletion();
  context.event('RESOURCE_DELETION', 'DELETED', key, value);
  context.respond({ valueType: 'RESOURCE_DELETION', intent: 'DELETED', key, value });
  return ok();
};

function deleteProcess({ key, tenantId, value }: Process, context: ProcessingContext): void {
  const { processes } = context.state;
  const { bpmnProcessId, version } = value;
  const gone = { ...value, resource: '' };
  const wasLatest = processes.latest(tenantId, bpmnProcessId)?.key === key;
  context.event('PROCESS', 'DELETING', context.nextKey(), gone);
  if (wasLatest) {
    closeStartEvents(key, context);
    const previous = processes.before(tenantId, bpmnProcessId, version);
    if (previous) openStartEvents(previous, context);
  }
  context.event('PROCESS', 'DELETED', context.nextKey(), gone);
}

/** What deletes the thing with the key; undefined when there is none. */
function otherDeletion(key: number, context: ProcessingContext): (() => void) | undefined {
  const { decisions, forms, resources } = context.state;
  const requirements = reach(decisions.requirements.get(key), context);
  if (requirements)
    return () => {
      for (const decisionKey of decisions.ofRequirements(key))
        context.event('DECISION', 'DELETED', context.nextKey(), decisions.versions.get(decisionKey)!.value);
      const gone = { ...requirements.value, namespace: '', resource: '' };
      context.event('DECISION_REQUIREMENTS', 'DELETED', context.nextKey(), gone);
    };
  const form = reach(forms.get(key), context);
  if (form) return () => context.event('FORM', 'DELETED', context.nextKey(), { ...form.value, resource: '' });
  const resource = reach(resources.get(key), context);
  return resource && (() => context.event('RESOURCE', 'DELETED', context.nextKey(), resource.value));
}
