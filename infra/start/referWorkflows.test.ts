import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocumentStore } from '@baton/infra/store';
import { expect, it } from 'vitest';
import { referWorkflows } from './referWorkflows.ts';

const at = new Date('2026-03-01T09:00:00Z');
const workflow = (
  tool: string,
) => `<definitions xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p">
  <serviceTask><extensionElements><zeebe:taskDefinition type="tool"/><zeebe:taskHeaders><zeebe:header key="tool" value="${tool}"/>
  </zeebe:taskHeaders></extensionElements></serviceTask></process></definitions>`;

it('says of workflows of before what they name, leaves versions and drafts as they are, and does so once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-references-'));
  const store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => at });
  const save = (id: string, tool: string) =>
    store.resources.create('acme', 'workflow', id, {
      name: `Workflow ${id}`,
      content: { xml: workflow(tool) },
      author: 'ada',
      message: '',
      at,
    });
  const users = async (tool: string) =>
    (await store.resources.referring('acme', undefined, `tool/${tool}`, { limit: 500, offset: 0 })).items.map(
      ({ id }) => id,
    );
  try {
    for (let index = 0; index < 130; index++) await save(`w${index}`, 'order-lookup');
    const before = await store.resources.get('acme', 'workflow', 'w7');
    await store.resources.saveDraft('acme', 'workflow', 'w7', before!.hash, {
      base: 1,
      content: { xml: 'draft' },
      author: 'ada',
      at,
    });
    expect(await users('order-lookup')).toEqual([]);

    await referWorkflows(store, 'acme', at);
    expect(await users('order-lookup')).toHaveLength(130);
    const after = await store.resources.get('acme', 'workflow', 'w7');
    expect(after).toMatchObject({ hash: before!.hash, version: 1, draft: { base: 1 } });
    expect(await users('order-lookup')).toContain('w7');

    await save('later', 'refund');
    await referWorkflows(store, 'acme', at);
    expect(await users('refund')).toEqual([]);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
