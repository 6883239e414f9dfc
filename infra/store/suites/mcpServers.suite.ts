import { beforeAll, expect, test } from 'vitest';
import type { DocumentStore, McpServerSave } from '../ports.ts';
import { page, type UnderTest } from './underTest.ts';

export function mcpServersSuite(under: UnderTest): void {
  let store: DocumentStore;
  beforeAll(() => {
    ({ store } = under());
  });

  const at = new Date('2026-03-01T09:00:00Z');
  const later = new Date('2026-03-02T09:00:00Z');
  const server = (name: string, over: Partial<McpServerSave> = {}): McpServerSave => ({
    name,
    description: 'Everything',
    transport: { kind: 'stdio', command: 'npx', args: ['-y'], env: { 'a.b': { value: '$1' } } },
    auth: { kind: 'none' },
    timeout: 60_000,
    enabled: true,
    by: 'ada',
    at,
    ...over,
  });

  test('an MCP server is read back as saved; its name is taken in its tenant only', async () => {
    const { mcpServers } = store;
    const made = await mcpServers.create('mcp', 's1', server('everything'));
    const { by, at: savedAt, ...settings } = server('everything');
    expect(made).toEqual({
      ok: true,
      value: {
        ...settings,
        id: 's1',
        tenantId: 'mcp',
        revision: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        createdAt: savedAt,
        changedAt: savedAt,
        changedBy: by,
      },
    });
    expect(await mcpServers.get('mcp', 's1')).toEqual(made.ok && made.value);
    expect(await mcpServers.getByName('mcp', 'everything')).toEqual(made.ok && made.value);
    expect(await mcpServers.create('mcp', 's2', server('everything'))).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    expect(await mcpServers.get('other-mcp', 's1')).toBeUndefined();
    expect(await mcpServers.getByName('other-mcp', 'everything')).toBeUndefined();
    expect((await mcpServers.create('other-mcp', 's1', server('everything'))).ok).toBe(true);
    await mcpServers.create('mcp', 's3', server('another'));
    expect(await mcpServers.list('mcp', page)).toMatchObject({
      items: [{ id: 's3' }, { id: 's1' }],
      total: 2,
    });
    expect((await mcpServers.all('mcp')).map(({ id }) => id)).toEqual(['s3', 's1']);
  });

  test('a save over a server counts only from what was read, and says that there is another to connect to', async () => {
    const { mcpServers } = store;
    const made = await mcpServers.create('mcp-cas', 's1', server('everything'));
    const { hash } = made.ok ? made.value : { hash: '' };
    const saved = await mcpServers.update('mcp-cas', 's1', hash, server('renamed', { at: later, by: 'bob' }));
    expect(saved).toMatchObject({
      ok: true,
      value: { name: 'renamed', revision: 2, createdAt: at, changedAt: later, changedBy: 'bob' },
    });
    expect(await mcpServers.update('mcp-cas', 's1', hash, server('third'))).toMatchObject({
      ok: false,
      failure: { code: 'VERSION_CONFLICT', latest: { name: 'renamed' } },
    });
    await mcpServers.create('mcp-cas', 's2', server('taken'));
    const latest = saved.ok ? saved.value.hash : '';
    expect(await mcpServers.update('mcp-cas', 's1', latest, server('taken'))).toEqual({
      ok: false,
      failure: { code: 'ALREADY_EXISTS' },
    });
    expect(await mcpServers.update('mcp-cas', 'none', latest, server('taken'))).toEqual({
      ok: false,
      failure: { code: 'NOT_FOUND' },
    });
    const credentialsAt = await mcpServers.update(
      'mcp-cas',
      's1',
      latest,
      server('renamed', { credentialsAt: later }),
    );
    expect(credentialsAt.ok && credentialsAt.value.hash).not.toBe(latest);
  });

  test('an approval is of what was looked at, and stays when something is saved', async () => {
    const { mcpServers } = store;
    const made = await mcpServers.create('mcp-approval', 's1', server('everything'));
    const { hash } = made.ok ? made.value : { hash: '' };
    const approval = { hash: 'command', by: 'ada', at: later };
    expect(await mcpServers.approve('mcp-approval', 's1', 'other', approval)).toBeUndefined();
    expect(await mcpServers.approve('other-mcp-approval', 's1', hash, approval)).toBeUndefined();
    expect(await mcpServers.approve('mcp-approval', 's1', hash, approval)).toMatchObject({
      approval,
      revision: 2,
      hash,
    });
    const saved = await mcpServers.update('mcp-approval', 's1', hash, server('everything', { timeout: 1 }));
    expect(saved.ok && saved.value.approval).toEqual(approval);
    expect(await mcpServers.delete('other-mcp-approval', 's1')).toBe(false);
    expect(await mcpServers.delete('mcp-approval', 's1')).toBe(true);
    expect(await mcpServers.get('mcp-approval', 's1')).toBeUndefined();
  });

  test('of two who write what is known of a server’s tools, one reads again', async () => {
    const { mcpLocks } = store;
    const tools = [{ tool: 'a', accepted: { contract: { input: { $ref: '#/a.b' } } } }];
    expect(await mcpLocks.get('mcp', 's1')).toBeUndefined();
    const first = await Promise.all([
      mcpLocks.put('mcp', 's1', { revision: 0, tools }),
      mcpLocks.put('mcp', 's1', { revision: 0, tools }),
    ]);
    expect(first.sort()).toEqual([false, true]);
    expect(await mcpLocks.get('mcp', 's1')).toEqual({ revision: 1, tools });
    expect(await mcpLocks.get('other-mcp', 's1')).toBeUndefined();
    const second = await Promise.all([
      mcpLocks.put('mcp', 's1', { revision: 1, tools: [] }),
      mcpLocks.put('mcp', 's1', { revision: 1, tools: [] }),
    ]);
    expect(second.sort()).toEqual([false, true]);
    expect(await mcpLocks.get('mcp', 's1')).toEqual({ revision: 2, tools: [] });
    await mcpLocks.delete('other-mcp', 's1');
    expect(await mcpLocks.get('mcp', 's1')).toBeDefined();
    await mcpLocks.delete('mcp', 's1');
    expect(await mcpLocks.get('mcp', 's1')).toBeUndefined();
  });

  test('credentials are of the server or of a person, changed field by field, and go with the server', async () => {
    const { mcpCredentials } = store;
    expect(await mcpCredentials.get('mcp', 's1', undefined)).toBeUndefined();
    await mcpCredentials.change('mcp', 's1', undefined, { value: 'none', oauth: null });
    await Promise.all([
      mcpCredentials.change('mcp', 's1', undefined, { value: 'v1' }),
      mcpCredentials.change('mcp', 's1', undefined, { oauth: 'o1' }),
      mcpCredentials.change('mcp', 's1', 'ada', { value: 'of ada' }),
      mcpCredentials.change('other-mcp', 's1', undefined, { value: 'theirs' }),
    ]);
    expect(await mcpCredentials.get('mcp', 's1', undefined)).toEqual({ value: 'v1', oauth: 'o1' });
    expect(await mcpCredentials.get('mcp', 's1', 'ada')).toEqual({ value: 'of ada' });
    expect(await mcpCredentials.get('mcp', 's1', 'bob')).toBeUndefined();
    await mcpCredentials.change('mcp', 's1', undefined, { value: null, clientSecret: 'c1' });
    expect(await mcpCredentials.get('mcp', 's1', undefined)).toEqual({ oauth: 'o1', clientSecret: 'c1' });
    await mcpCredentials.change('mcp', 'unknown', 'ada', { value: null });
    expect(await mcpCredentials.get('mcp', 'unknown', 'ada')).toBeUndefined();
    expect(await mcpCredentials.reseal('mcp', 's1', 'ada', 'value', 'of bob', 'again')).toBe(false);
    expect(await mcpCredentials.reseal('mcp', 's1', 'ada', 'value', 'of ada', 'again')).toBe(true);
    const all = await mcpCredentials.all('mcp');
    expect(all).toHaveLength(2);
    expect(all).toContainEqual({ serverId: 's1', user: 'ada', sealed: { value: 'again' } });
    await mcpCredentials.delete('mcp', 's1');
    expect(await mcpCredentials.all('mcp')).toEqual([]);
    expect(await mcpCredentials.all('other-mcp')).toHaveLength(1);
  });
}
