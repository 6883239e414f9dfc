import { DEFAULT_TENANT, ok } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import type { ActivatedJob, EngineClient } from './ports.ts';
import { serveOneTenant } from './singleTenant.ts';

const instance = { processInstanceKey: '1', tenantId: 'acme' };

/** A cluster that answers everything it is asked. */
function cluster(asked: string[]): EngineClient {
  const answer = (name: string, value: unknown) => async () => {
    asked.push(name);
    return ok(value);
  };
  return {
    commands: { createInstance: answer('createInstance', instance) },
    queries: {
      instance: answer('instance', instance),
      instances: answer('instances', { items: [instance], total: 1 }),
    },
    jobs: { activate: answer('activate', [{ key: '7', tenantId: DEFAULT_TENANT }]) },
    records: {},
  } as unknown as EngineClient;
}

describe('a cluster without multi-tenancy that serves acme', () => {
  it('answers acme', async () => {
    const client = serveOneTenant(cluster([]), 'acme');

    expect(await client.queries.instance('acme', '1')).toEqual(ok(instance));
    expect(await client.commands.createInstance('acme', { bpmnProcessId: 'p' }, {})).toEqual(ok(instance));
  });

  it('is empty for everybody else, and is not even asked', async () => {
    const asked: string[] = [];
    const client = serveOneTenant(cluster(asked), 'acme');
    const page = { from: 0, limit: 10 };

    expect(await client.queries.instance('globex', '1')).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
    expect(await client.queries.instances('globex', {}, page)).toEqual(ok({ items: [], total: 0 }));
    expect(await client.commands.createInstance('globex', { bpmnProcessId: 'p' }, {})).toMatchObject({
      ok: false,
      failure: { code: 'PERMISSION_DENIED' },
    });
    expect(asked).toEqual([]);
  });

  it('hands out its jobs under the name of acme', async () => {
    const client = serveOneTenant(cluster([]), 'acme');
    const request = {
      type: 't',
      worker: 'w',
      tenantIds: ['acme'],
      timeout: 1,
      fetchVariables: [],
      maxJobs: 1,
      wait: 0,
    };

    const jobs = await client.jobs.activate(request, new AbortController().signal);

    expect(jobs.ok && jobs.value.map(({ tenantId }: ActivatedJob) => tenantId)).toEqual(['acme']);
  });
});
