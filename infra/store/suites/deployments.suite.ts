import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function deploymentsSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  test('deployments are listed newest first, told twice they are one, and the latest of each workflow is found', async () => {
    const deployment = (key: string, workflowId: string, hour: number) => ({
      key,
      tenantId: 'deployments',
      workflowId,
      workflowVersion: hour,
      workflowHash: 'h',
      processes: [{ processDefinitionKey: '1', bpmnProcessId: 'p', version: 1, duplicate: false }],
      deployedAt: new Date(Date.UTC(2026, 0, 1, hour)),
      deployedBy: 'ada',
    });
    const [a1, b, a2] = [deployment('1', 'a', 1), deployment('2', 'b', 2), deployment('3', 'a', 3)];
    for (const one of [a1, a2, b, a2]) await store.deployments.append(one);
    expect(await store.deployments.list('deployments', {}, page)).toEqual({ items: [a2, b, a1], total: 3 });
    expect(await store.deployments.list('deployments', { workflowId: 'a' }, { limit: 1, offset: 1 })).toEqual(
      {
        items: [a1],
        total: 2,
      },
    );
    expect(await store.deployments.latest('deployments', ['a', 'b', 'c'])).toEqual(
      new Map([
        ['a', a2],
        ['b', b],
      ]),
    );
    expect(await store.deployments.latest('other', ['a'])).toEqual(new Map());
  });
}
