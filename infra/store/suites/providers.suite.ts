import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore, ProviderSave } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function providersSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  const at = new Date('2026-03-01T09:00:00Z');

  const provider = (name: string, over: Partial<ProviderSave> = {}): ProviderSave => ({
    name,
    type: 'openai',
    sealedKey: 'sealed-1',
    keyChangedAt: at,
    prices: [{ model: 'gpt-4.1-mini', input: 0.4, output: 1.6 }],
    validation: { status: 'validating', code: '', message: '' },
    check: 'c1',
    by: 'ada',
    at,
    ...over,
  });

  test('a provider is read back as saved; its name is taken in its tenant only', async () => {
    const made = await store.providers.create('prov', 'p1', provider('cloud'));
    expect(made).toEqual({
      ok: true,
      value: {
        id: 'p1',
        tenantId: 'prov',
        name: 'cloud',
        type: 'openai',
        sealedKey: 'sealed-1',
        keyChangedAt: at,
        prices: [{ model: 'gpt-4.1-mini', input: 0.4, output: 1.6 }],
        models: [],
        validation: { status: 'validating', code: '', message: '' },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        createdAt: at,
        changedAt: at,
        changedBy: 'ada',
        retired: false,
      },
    });
    expect(await store.providers.get('prov', 'p1')).toEqual(made.ok && made.value);
    expect(await store.providers.getByName('prov', 'cloud')).toEqual(made.ok && made.value);
    expect(await store.providers.create('prov', 'p2', provider('cloud'))).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    expect(await store.providers.get('other', 'p1')).toBeUndefined();
    expect((await store.providers.create('other', 'p2', provider('cloud'))).ok).toBe(true);
    expect(await store.providers.list('prov', page)).toMatchObject({ items: [{ id: 'p1' }], total: 1 });
  });

  test('a save over a provider counts only from what was read, and may take its key away', async () => {
    const made = await store.providers.create(
      'prov-cas',
      'p1',
      provider('cloud', { scenario: 'scripts: []' }),
    );
    expect(made).toMatchObject({ value: { scenario: 'scripts: []' } });
    const { hash } = made.ok ? made.value : { hash: '' };
    const { sealedKey, keyChangedAt, ...keyless } = provider('local', {
      type: 'ollama',
      baseUrl: 'http://localhost:11434',
    });
    const saved = await store.providers.update('prov-cas', 'p1', hash, keyless);
    expect(saved).toMatchObject({ ok: true, value: { name: 'local', type: 'ollama' } });
    expect(saved.ok && 'sealedKey' in saved.value).toBe(false);
    expect(await store.providers.update('prov-cas', 'p1', hash, provider('mine'))).toMatchObject({
      ok: false,
      failure: { code: 'VERSION_CONFLICT', latest: { name: 'local' } },
    });
    await store.providers.create('prov-cas', 'p2', provider('cloud'));
    expect(
      await store.providers.update('prov-cas', 'p1', saved.ok ? saved.value.hash : '', provider('cloud')),
    ).toEqual({ ok: false, failure: { code: 'ALREADY_EXISTS' } });
    expect(await store.providers.update('prov-cas', 'none', hash, provider('x'))).toEqual({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
  });

  test('only the check that began last says how a provider is', async () => {
    await store.providers.create('prov-check', 'p1', provider('cloud'));
    const begun = await store.providers.beginCheck('prov-check', 'p1', 'c2');
    expect(begun?.validation.status).toBe('validating');
    const late = { status: 'error', code: 'TIMEOUT', message: 'late', validatedAt: at } as const;
    expect(await store.providers.endCheck('prov-check', 'p1', 'c1', late, undefined)).toBeUndefined();
    const good = { status: 'connected', code: '', message: '', validatedAt: at } as const;
    expect(await store.providers.endCheck('prov-check', 'p1', 'c2', good, ['m.1', 'm2'])).toMatchObject({
      validation: good,
      models: ['m.1', 'm2'],
    });
    await store.providers.beginCheck('prov-check', 'p1', 'c3');
    expect(await store.providers.endCheck('prov-check', 'p1', 'c3', late, undefined)).toMatchObject({
      validation: late,
      models: ['m.1', 'm2'],
    });
  });

  test('a retired provider is found by its name until another one takes it, and then goes for good', async () => {
    const names = async () => (await store.providers.list('prov-old', page)).items.map(({ id }) => id);
    await store.providers.create('prov-old', 'p1', provider('cloud'));
    expect(await store.providers.remove('prov-old', 'p1')).toBe(false);
    expect(await store.providers.retire('prov-old', 'p1')).toBe(true);
    expect(await store.providers.retire('prov-old', 'p1')).toBe(false);
    expect([await names(), (await store.providers.getByName('prov-old', 'cloud'))?.id]).toEqual([[], 'p1']);
    expect(await store.providers.beginCheck('prov-old', 'p1', 'c9')).toBeUndefined();
    expect((await store.providers.create('prov-old', 'p2', provider('cloud'))).ok).toBe(true);
    expect((await store.providers.getByName('prov-old', 'cloud'))?.id).toBe('p2');
    expect((await store.providers.all('prov-old')).map(({ id }) => id)).toEqual(['p1', 'p2']);
    expect(await store.providers.remove('prov-old', 'p1')).toBe(true);
    expect(await store.providers.get('prov-old', 'p1')).toBeUndefined();
  });

  test('a key is sealed anew only in place of the one that was read', async () => {
    await store.providers.create('prov-seal', 'p1', provider('cloud'));
    expect(await store.providers.reseal('prov-seal', 'p1', 'sealed-0', 'sealed-2')).toBe(false);
    expect(await store.providers.reseal('prov-seal', 'p1', 'sealed-1', 'sealed-2')).toBe(true);
    expect((await store.providers.get('prov-seal', 'p1'))?.sealedKey).toBe('sealed-2');
  });
}
