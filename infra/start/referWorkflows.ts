import { workflowReferences } from '@baton/gateway';
import type { WorkflowContent } from '@baton/gateway/api';
import type { DocumentStore } from '@baton/infra/store';

/** Read at once. */
const PORTION = 100;

/** Says of a tenant's workflows what they name, where they were saved before that was kept. Once a tenant. */
export async function referWorkflows(
  { resources, settings }: Pick<DocumentStore, 'resources' | 'settings'>,
  tenantId: string,
  at: Date,
): Promise<void> {
  const mark = `references/${tenantId}`;
  if ((await settings.get(mark)) !== undefined) return;
  for (let offset = 0; ; offset += PORTION) {
    const { items, total } = await resources.list(tenantId, 'workflow', { limit: PORTION, offset });
    for (const { id, hash, content } of items) {
      // Refused where somebody saves at this moment: that save says it itself.
      await resources.refer(tenantId, 'workflow', id, hash, workflowReferences(content as WorkflowContent));
    }
    if (offset + PORTION >= total) break;
  }
  await settings.initialise(mark, { at: at.toISOString() });
}
