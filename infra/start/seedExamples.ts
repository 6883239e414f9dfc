import { providerReference } from '@baton/gateway';
import type { DocumentStore } from '@baton/infra/store';
import type { ExampleResource } from '../examples/supportTriage.ts';

/** Gives a tenant the example resources, once: what was deleted or changed since is left alone. */
export async function seedExamples(
  store: DocumentStore,
  tenantId: string,
  examples: readonly ExampleResource[],
  newId: () => string,
  at: Date,
): Promise<void> {
  const mark = `examples/${tenantId}`;
  if ((await store.settings.get(mark)) !== undefined) return;
  for (const { kind, name, content } of examples) {
    // Refused as ALREADY_EXISTS when an earlier start ended between here and the mark.
    await store.resources.create(tenantId, kind, newId(), {
      name,
      content,
      author: 'Baton',
      message: 'Example',
      at,
      references: referencesOf(content),
    });
  }
  await store.settings.initialise(mark, { at: at.toISOString() });
}

function referencesOf(content: unknown): string[] {
  const provider =
    typeof content === 'object' && content ? (content as { provider?: unknown }).provider : undefined;
  return typeof provider === 'string' ? [providerReference(provider)] : [];
}
