import { agentReferences, decisionReferences, formReferences, workflowReferences } from '@baton/gateway';
import { readAgentContent } from '@baton/gateway/api';
import type { DocumentStore } from '@baton/infra/store';
import type { ExampleResource, Examples } from '../examples/supportTriage.ts';

/** Who made what nobody made. */
const installer = 'Baton';

/** Gives a tenant the examples, once: what was deleted or changed since is left alone. */
export async function seedExamples(
  store: DocumentStore,
  tenantId: string,
  { resources, assignments }: Examples,
  newId: () => string,
  at: Date,
): Promise<void> {
  const mark = `examples/${tenantId}`;
  if ((await store.settings.get(mark)) !== undefined) return;
  for (const { kind, name, content } of resources) {
    // Refused as ALREADY_EXISTS when an earlier start ended between here and the mark.
    await store.resources.create(tenantId, kind, newId(), {
      name,
      content,
      author: installer,
      message: 'Example',
      at,
      references: referencesOf(kind, content),
    });
  }
  for (const named of assignments) {
    const [agent, task] = await Promise.all([
      store.resources.getByName(tenantId, 'agent', named.agent),
      store.resources.getByName(tenantId, 'task', named.task),
    ]);
    if (!agent || !task) continue;
    // As above: whoever was interrupted has assigned it already.
    await store.assignments.create({
      id: newId(),
      tenantId,
      agentId: agent.id,
      taskId: task.id,
      taskVersion: task.version,
      assignedAt: at,
      assignedBy: installer,
    });
  }
  await store.settings.initialise(mark, { at: at.toISOString() });
}

function referencesOf(kind: ExampleResource['kind'], content: unknown): string[] {
  if (kind === 'agent') return agentReferences(readAgentContent(content));
  if (kind === 'form') return formReferences(content as { json: string });
  if (kind === 'decision') return decisionReferences(content as { xml: string });
  return kind === 'workflow' ? workflowReferences(content as { xml: string }) : [];
}
