import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore } from '../ports.ts';
import type { UnderTest } from './underTest.ts';

export function toolsSuite(under: UnderTest): void {
  let store: DocumentStore;
  const at = new Date('2026-03-01T09:00:00Z');
  beforeAll(() => {
    ({ store } = under());
  });

  test('a tenant’s secret is made once, replaced, encrypted anew and deleted; nobody else has it', async () => {
    const { secrets } = store;
    const save = (sealed: string) => ({ name: 'TOKEN', sealed, at, by: 'ada' });
    const info = { tenantId: 'tools', name: 'TOKEN', changedAt: at, changedBy: 'ada' };
    expect(await secrets.replace('tools', save('one'))).toBeUndefined();
    expect(await secrets.create('tools', save('one'))).toEqual(info);
    expect(await secrets.create('tools', save('two'))).toBeUndefined();
    expect(await secrets.replace('tools', save('two'))).toEqual(info);
    expect(await secrets.reseal('tools', 'TOKEN', 'one', 'three')).toBe(false);
    expect(await secrets.reseal('tools', 'TOKEN', 'two', 'three')).toBe(true);
    expect(await secrets.list('tools', { limit: 10, offset: 0 })).toEqual({ items: [info], total: 1 });
    expect(await secrets.sealed('tools', 'TOKEN')).toBe('three');
    expect(await secrets.sealed('other-tools', 'TOKEN')).toBeUndefined();
    expect(await secrets.delete('other-tools', 'TOKEN')).toBe(false);
    expect(await secrets.delete('tools', 'TOKEN')).toBe(true);
  });

  test('a connection keeps its password until it is given another one, or none', async () => {
    const { connections } = store;
    const save = (sealed: string | null | undefined, readOnly = true) => ({
      name: 'shop',
      kind: 'postgres',
      description: '',
      url: 'postgres://app@db/shop',
      readOnly,
      sealed,
      at,
      by: 'ada',
    });
    const { sealed: _, at: changedAt, by: changedBy, ...rest } = save(null);
    const info = { tenantId: 'tools', ...rest, hasPassword: true, changedAt, changedBy };
    expect(await connections.replace('tools', save('one'))).toBeUndefined();
    expect(await connections.create('tools', save('one'))).toEqual(info);
    expect(await connections.create('tools', save('two'))).toBeUndefined();
    expect(await connections.replace('tools', save(undefined, false))).toEqual({ ...info, readOnly: false });
    expect(await connections.sealed('tools', 'shop')).toBe('one');
    expect(await connections.reseal('tools', 'shop', 'two', 'three')).toBe(false);
    expect(await connections.reseal('tools', 'shop', 'one', 'three')).toBe(true);
    expect(await connections.sealed('tools', 'shop')).toBe('three');
    expect(await connections.sealed('other-tools', 'shop')).toBeUndefined();
    expect(await connections.get('other-tools', 'shop')).toBeUndefined();
    expect(await connections.replace('tools', save(null))).toEqual({ ...info, hasPassword: false });
    expect(await connections.sealed('tools', 'shop')).toBeUndefined();
    expect((await connections.list('tools', { limit: 10, offset: 0 })).total).toBe(1);
    expect(await connections.delete('other-tools', 'shop')).toBe(false);
    expect(await connections.delete('tools', 'shop')).toBe(true);
    expect(await connections.get('tools', 'shop')).toBeUndefined();
  });

  test('what a tool is granted is as it was granted last', async () => {
    const { toolGrants } = store;
    const grant = {
      network: ['a.b'],
      secrets: [],
      connections: ['shop'],
      models: [],
      files: false,
      memory: true,
      questions: true,
      grantedBy: 'ada',
      grantedAt: at,
    };
    await Promise.all([toolGrants.set('tools', 't1', grant), toolGrants.set('tools', 't1', grant)]);
    await toolGrants.set('tools', 't1', { ...grant, network: [] });
    expect(await toolGrants.get('tools', 't1')).toEqual({ ...grant, network: [] });
    expect(await toolGrants.get('other-tools', 't1')).toBeUndefined();
    await toolGrants.delete('tools', 't1');
    expect(await toolGrants.get('tools', 't1')).toBeUndefined();
  });

  test('vectors of texts are kept once, by their model', async () => {
    const { textVectors } = store;
    const one = { hash: 'one', vector: Int8Array.of(-127, 0, 127) };
    const two = { hash: 'two', vector: Int8Array.of(1, 2, 3) };
    await textVectors.keep('tools', 'small', [one]);
    await Promise.all([
      textVectors.keep('tools', 'small', [one, two]),
      textVectors.keep('tools', 'large', [{ hash: 'one', vector: Int8Array.of(5) }]),
    ]);
    const found = await textVectors.all('tools', 'small');
    expect(found.sort((a, b) => (a.hash < b.hash ? -1 : 1))).toEqual([one, two]);
    expect(await textVectors.all('other-tools', 'small')).toEqual([]);
    await textVectors.delete('tools', 'small', ['one', 'unknown']);
    await textVectors.delete('other-tools', 'small', ['two']);
    expect(await textVectors.all('tools', 'small')).toEqual([two]);
  });

  test('values that tools keep are of their scope, and of no more than so many names', async () => {
    const { toolValues } = store;
    const odd = { 'a.b': { $gt: 1 }, ['__proto__']: [null] };
    await Promise.all([1, 2, 3].map((n) => toolValues.set('tools', 'tool/1', 'k', n, 2)));
    expect(await toolValues.set('tools', 'tool/1', 'odd', odd, 2)).toBe(true);
    expect(await toolValues.set('tools', 'tool/1', 'third', 1, 2)).toBe(false);
    expect(await toolValues.set('tools', 'tool/1', 'k', 'again', 2)).toBe(true);
    expect(await toolValues.get('tools', 'tool/1', 'k')).toBe('again');
    expect(await toolValues.get('tools', 'tool/1', 'odd')).toEqual(odd);
    expect(await toolValues.keys('tools', 'tool/1')).toEqual(['k', 'odd']);
    expect(await toolValues.get('tools', 'tool/2', 'k')).toBeUndefined();
    expect(await toolValues.get('other-tools', 'tool/1', 'k')).toBeUndefined();
    await toolValues.delete('tools', 'tool/1', 'k');
    expect(await toolValues.keys('tools', 'tool/1')).toEqual(['odd']);
  });
}
