import { applyPatch } from 'diff';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, task, tool } from '../../test/bodies.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;
let ada: ApiClient;
let ben: ApiClient;
let adasToken: string;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  adasToken = await token({ roles: ['admin'], preferred_username: 'ada' });
  ada = apiClient(running.url, adasToken);
  ben = apiClient(running.url, await token({ sub: 'ben', roles: ['admin'], preferred_username: 'ben' }));
});
afterAll(() => running.stop());

const { tasks, agents, tools, workflows } = table;
const saved = (text: string) => ({ ...task, description: text });
const over = (hash: string) => ({ 'if-match': `"${hash}"` });

async function newTask(name: string, text = 'One') {
  return (await ada(tasks.create, { body: { name, content: saved(text), message: 'First' } })).body;
}
const draftOf = (by: ApiClient, id: string, hash: string, body: object) =>
  by(tasks.saveDraft, { params: { id }, headers: over(hash), body });
const codeOf = ({ status, error }: { status: number; error: { error_code: string } }) => [
  status,
  error.error_code,
];

describe('a draft', () => {
  it('is kept as it is typed, told beside the version, published as the next one, and then gone', async () => {
    const { id, hash } = await newTask('drafted');
    expect(codeOf(await ada(tasks.getDraft, { params: { id } }))).toEqual([404, 'NOT_FOUND']);

    const typed = await draftOf(ada, id, hash, { base: 1, content: { description: 7, unheard: { of: [] } } });
    expect(typed.body).toMatchObject({
      base: 1,
      name: 'drafted',
      content: { description: 7, unheard: { of: [] } },
      updatedBy: 'ada',
      problems: [
        { path: ['content', 'description'], code: 'INVALID_TYPE', severity: 'error' },
        { path: ['content', 'responseSchema'], code: 'INVALID_TYPE', severity: 'error' },
      ],
    });
    expect(typed.headers.get('etag')).toBe(`"${typed.body.hash}"`);
    const { hash: draftHash, base, updatedAt, updatedBy } = typed.body;
    const info = { hash: draftHash, base, updatedAt, updatedBy };
    expect((await ben(tasks.get, { params: { id } })).body).toMatchObject({ version: 1, hash, draft: info });

    const publish = (ifMatch: string) =>
      ben(tasks.publish, { params: { id }, headers: over(ifMatch), body: { message: 'Ready' } });
    expect((await publish(draftHash)).error).toMatchObject({
      error_code: 'VALIDATION_FAILED',
      details: { issues: [{ path: ['content', 'description'] }, { path: ['content', 'responseSchema'] }] },
    });

    const better = await draftOf(ada, id, draftHash, { base: 1, name: 'renamed', content: saved('Two') });
    expect(better.body.problems).toEqual([]);
    const published = await publish(better.body.hash);
    expect(published.body).toMatchObject({
      name: 'renamed',
      version: 2,
      updatedBy: 'ben',
      content: saved('Two'),
      labels: [],
      draft: null,
    });
    expect((await ada(tasks.get, { params: { id } })).body).toEqual(published.body);
    expect(codeOf(await publish(better.body.hash))).toEqual([404, 'NOT_FOUND']);
    const first = await ada(tasks.get, { params: { id }, query: { version: 1 } });
    expect(first.body).toMatchObject({ name: 'drafted', version: 1, hash, content: saved('One') });
  });

  it('of two who type at once one is told what the other typed', async () => {
    const { id, hash } = await newTask('typed-twice');
    const both = await Promise.all([
      draftOf(ada, id, hash, { base: 1, content: { by: 'ada' } }),
      draftOf(ben, id, hash, { base: 1, content: { by: 'ben' } }),
    ]);
    const [lost, won] = both[0].status === 412 ? [both[0], both[1]] : [both[1], both[0]];
    expect(won.status).toBe(200);
    expect(lost.error).toMatchObject({
      error_code: 'VERSION_CONFLICT',
      details: {
        yours: { base: hash, name: 'typed-twice', content: expect.anything() },
        theirs: {
          version: null,
          hash: won.body.hash,
          author: won.body.updatedBy,
          content: won.body.content,
        },
      },
    });
    const blind = await ada(tasks.saveDraft, { params: { id }, body: { base: 1, content: {} } });
    expect(codeOf(blind)).toEqual([428, 'IF_MATCH_REQUIRED']);
  });

  it('is not published over a version it does not begin with: both sides are told, and it stays', async () => {
    const { id, hash } = await newTask('overtaken');
    const draft = (await draftOf(ada, id, hash, { base: 1, content: saved('Mine') })).body;
    const theirs = await ben(tasks.update, {
      params: { id },
      headers: over(hash),
      body: { content: saved('Theirs'), message: 'Faster' },
    });
    const publish = (ifMatch: string) =>
      ada(tasks.publish, { params: { id }, headers: over(ifMatch), body: {} });
    const refused = await publish(draft.hash);
    expect(refused.status).toBe(412);
    expect(refused.error.details).toMatchObject({
      yours: { base: draft.hash, name: 'overtaken', content: saved('Mine') },
      theirs: {
        version: 2,
        hash: theirs.body.hash,
        author: 'ben',
        message: 'Faster',
        content: saved('Theirs'),
      },
    });
    expect((await ada(tasks.getDraft, { params: { id } })).body.hash).toBe(draft.hash);

    const merged = (await draftOf(ada, id, draft.hash, { base: 2, content: saved('Both') })).body;
    expect(codeOf(await publish(draft.hash))).toEqual([412, 'VERSION_CONFLICT']);
    const both = await Promise.all([publish(merged.hash), publish(merged.hash)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
    expect((await ada(tasks.get, { params: { id } })).body).toMatchObject({ version: 3, draft: null });
  });

  it('is thrown away, with If-Match only the one that was seen', async () => {
    const { id, hash } = await newTask('discarded');
    await draftOf(ada, id, hash, { base: 1, content: {} });
    const discard = (headers = {}) => ben(tasks.discardDraft, { params: { id }, headers });
    expect(codeOf(await discard(over(hash)))).toEqual([412, 'VERSION_CONFLICT']);
    expect((await discard()).status).toBe(204);
    expect(codeOf(await discard())).toEqual([404, 'NOT_FOUND']);
    expect((await ada(tasks.get, { params: { id } })).body).toMatchObject({ version: 1, draft: null });
  });

  it('may have 2 MB and not a byte more, and nothing that reaches into prototypes', async () => {
    const { id, hash } = await newTask('large');
    const around = JSON.stringify({ text: '' }).length;
    const of = (bytes: number) => ({ base: 1, content: { text: 'x'.repeat(bytes - around) } });
    const refused = await draftOf(ada, id, hash, of(2_000_001));
    expect([...codeOf(refused), refused.error.details]).toEqual([
      413,
      'BODY_TOO_LARGE',
      { limit: 2_000_000 },
    ]);
    const largest = await draftOf(ada, id, hash, of(2_000_000));
    expect(largest.status).toBe(200);
    const response = await fetch(`${running.url}/api/tasks/${id}/draft`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${adasToken}`,
        'content-type': 'application/json',
        ...over(largest.body.hash),
      },
      body: '{"base":1,"content":{"__proto__":{"admin":true}}}',
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error_code: 'VALIDATION_FAILED' },
    ]);
    expect(codeOf(await draftOf(ada, id, largest.body.hash, { base: 2, content: {} }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('takes no name that is taken when it is published', async () => {
    await newTask('taken');
    const { id, hash } = await newTask('free');
    const draft = (await draftOf(ada, id, hash, { base: 1, name: 'taken', content: saved('x') })).body;
    const refused = await ada(tasks.publish, { params: { id }, headers: over(draft.hash), body: {} });
    expect([...codeOf(refused), refused.error.details]).toEqual([409, 'ALREADY_EXISTS', { name: 'taken' }]);
    expect((await ada(tasks.get, { params: { id } })).body).toMatchObject({ name: 'free', version: 1 });
  });
});

describe('a label', () => {
  it('names a version until it is moved or taken away', async () => {
    const { id, hash } = await newTask('labelled');
    const second = await ada(tasks.update, {
      params: { id },
      headers: over(hash),
      body: { content: saved('Two') },
    });
    const put = (label: string, version: number) =>
      ada(tasks.setLabel, { params: { id, label }, body: { version } });
    expect((await put('production', 1)).body).toEqual({ label: 'production', version: 1, hash });
    expect((await put('beta', 2)).body).toEqual({ label: 'beta', version: 2, hash: second.body.hash });
    const get = (query: Record<string, string | number>) => ada(tasks.get, { params: { id }, query });
    expect((await get({ label: 'production' })).body).toMatchObject({ version: 1, labels: ['production'] });
    expect((await get({})).body).toMatchObject({ version: 2, labels: ['beta'] });
    await put('production', 2);
    const { items } = (await ada(tasks.versions, { params: { id } })).body;
    expect(items.map(({ version, labels }) => [version, labels])).toEqual([
      [2, ['beta', 'production']],
      [1, []],
    ]);
    const remove = () => ada(tasks.removeLabel, { params: { id, label: 'beta' } });
    expect((await remove()).status).toBe(204);
    expect(codeOf(await remove())).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await get({ label: 'beta' }))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await get({ label: 'production', version: 1 }))).toEqual([400, 'VALIDATION_FAILED']);
  });

  it.each(['latest', 'draft', 'Production', '1st', 'a'.repeat(32), '-x'])('is not %s', async (label) => {
    const { id } = await newTask(`no-label-${label.toLowerCase().slice(0, 8)}x`);
    expect(codeOf(await ada(tasks.setLabel, { params: { id, label }, body: { version: 1 } }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  it('is on a version there is', async () => {
    const { id } = await newTask('labelled-nothing');
    const refused = await ada(tasks.setLabel, { params: { id, label: 'beta' }, body: { version: 2 } });
    expect(codeOf(refused)).toEqual([404, 'NOT_FOUND']);
  });
});

describe('what differs', () => {
  it('is told between versions, labels, the latest and the draft', async () => {
    const { id, hash } = await newTask('compared', 'First line\nSecond line\n');
    const second = await ben(tasks.update, {
      params: { id },
      headers: over(hash),
      body: { content: saved('First line\nOther line\n'), message: 'Better' },
    });
    await ada(tasks.setLabel, { params: { id, label: 'production' }, body: { version: 1 } });
    const diff = (from: string, to?: string) =>
      ada(tasks.diff, { params: { id }, query: { from, ...(to && { to }) } });
    const { body } = await diff('production');
    expect(body).toMatchObject({
      from: { version: 1, hash, name: 'compared', author: 'ada', message: 'First' },
      to: {
        version: 2,
        hash: second.body.hash,
        author: 'ben',
        message: 'Better',
        content: second.body.content,
      },
      changes: [
        {
          path: '/description',
          kind: 'changed',
          before: 'First line\nSecond line\n',
          after: 'First line\nOther line\n',
        },
      ],
      complete: true,
    });
    expect(body.text).toContain('-  Second line\n+  Other line\n');
    expect(codeOf(await diff('1', 'draft'))).toEqual([404, 'NOT_FOUND']);
    await draftOf(ada, id, second.body.hash, { base: 2, content: { anything: 1 } });
    expect((await diff('latest', 'draft')).body).toMatchObject({
      to: { version: null, author: 'ada', content: { anything: 1 } },
      changes: expect.arrayContaining([{ path: '/anything', kind: 'added', after: 1 }]),
    });
    expect((await diff('2', 'latest')).body).toMatchObject({ changes: [], text: '', complete: true });
    for (const side of ['3', 'nowhere']) expect(codeOf(await diff(side))).toEqual([404, 'NOT_FOUND']);
    for (const side of ['0', '-1', '1e3', 'No', '9'.repeat(12)])
      expect(codeOf(await diff(side))).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('restoring', () => {
  it('makes the content of an older version the next one, under the name of today', async () => {
    const { id, hash } = await newTask('restored');
    const second = await ada(tasks.update, {
      params: { id },
      headers: over(hash),
      body: { name: 'restored-later', content: saved('Two') },
    });
    const restore = (ifMatch: string, version = 1) =>
      ben(tasks.restore, { params: { id }, headers: over(ifMatch), body: { version, message: 'Back' } });
    const stale = await restore(hash);
    expect(stale.status).toBe(412);
    expect(stale.error.details).toMatchObject({
      yours: { base: hash, name: 'restored-later', content: saved('One') },
      theirs: { version: 2, hash: second.body.hash, content: saved('Two') },
    });
    const third = await restore(second.body.hash);
    expect(third.body).toMatchObject({ version: 3, name: 'restored-later', content: saved('One') });
    expect(codeOf(await restore(third.body.hash, 4))).toEqual([404, 'NOT_FOUND']);
    expect((await restore(third.body.hash, 3)).body).toEqual(third.body);
  });

  it('is refused with the names of what is gone since, and so is publishing', async () => {
    const lookup = await ada(tools.create, { body: { name: 'gone-lookup', content: tool } });
    const content = { ...agent, tools: ['gone-lookup'] };
    const { id, hash } = (await ada(agents.create, { body: { name: 'needs-lookup', content } })).body;
    const without = { content: { ...agent, tools: [] } };
    const { body } = await ada(agents.update, { params: { id }, headers: over(hash), body: without });
    expect((await ada(tools.delete, { params: { id: lookup.body.id } })).status).toBe(204);

    const missing = [409, 'REFERENCE_MISSING', { missing: [{ kind: 'tool', name: 'gone-lookup' }] }];
    const restored = await ada(agents.restore, {
      params: { id },
      headers: over(body.hash),
      body: { version: 1 },
    });
    expect([...codeOf(restored), restored.error.details]).toEqual(missing);
    const draft = await ada(agents.saveDraft, {
      params: { id },
      headers: over(body.hash),
      body: { base: 2, content },
    });
    const headers = over(draft.body.hash);
    const published = await ada(agents.publish, { params: { id }, headers, body: {} });
    expect([...codeOf(published), published.error.details]).toEqual(missing);
    expect((await ada(agents.get, { params: { id } })).body).toMatchObject({
      version: 2,
      draft: { hash: draft.body.hash },
    });
    expect((await ada(agents.get, { params: { id }, query: { version: 1 } })).body.content.tools).toEqual([
      'gone-lookup',
    ]);
  });
});

describe('what others use', () => {
  it('is not deleted and keeps its name, whether saved or published', async () => {
    const body = { name: 'used-tool', content: tool };
    const { id, hash } = (await ada(tools.create, { body })).body;
    const user = await ada(agents.create, {
      body: { name: 'user-of-tool', content: { ...agent, tools: ['used-tool'] } },
    });
    const inUse = [409, 'IN_USE'];
    const usedBy = [{ kind: 'agent', id: user.body.id, name: 'user-of-tool' }];
    const deleted = await ada(tools.delete, { params: { id } });
    expect([...codeOf(deleted), deleted.error.details]).toEqual([...inUse, { usedBy }]);
    const renamed = { name: 'another-name', content: tool };
    expect(codeOf(await ada(tools.update, { params: { id }, headers: over(hash), body: renamed }))).toEqual(
      inUse,
    );
    const draft = await ada(tools.saveDraft, {
      params: { id },
      headers: over(hash),
      body: { base: 1, ...renamed },
    });
    const headers = over(draft.body.hash);
    expect(codeOf(await ada(tools.publish, { params: { id }, headers, body: {} }))).toEqual(inUse);
    await ada(agents.delete, { params: { id: user.body.id } });
    expect((await ada(tools.publish, { params: { id }, headers, body: {} })).body.name).toBe('another-name');
    expect((await ada(tools.delete, { params: { id } })).status).toBe(204);
  });
});

describe('a workflow', () => {
  const xml = (tasks: string[]) =>
    `<definitions><process id="intake" isExecutable="true">\n${tasks.map((name) => `  <task name="${name}"/>\n`).join('')}</process></definitions>\n`;

  it('has a draft, labels, what differs by lines of its XML, and older versions again', async () => {
    const created = await ada(workflows.createWorkflow, { body: { name: 'Order intake', xml: xml(['a']) } });
    const { id, hash } = created.body;
    expect(created.body).toMatchObject({ labels: [], draft: null });
    const draft = await ada(workflows.saveDraft, {
      params: { id },
      headers: over(hash),
      body: { base: 1, content: { xml: '<not bpmn' } },
    });
    expect(draft.body.problems).toMatchObject([{ path: ['content', 'xml'] }]);
    const better = await ada(workflows.saveDraft, {
      params: { id },
      headers: over(draft.body.hash),
      body: { base: 1, name: 'Order intake 2', content: { xml: xml(['a', 'b']) } },
    });
    const published = await ben(workflows.publish, {
      params: { id },
      headers: over(better.body.hash),
      body: { message: 'With b' },
    });
    expect(published.body).toMatchObject({
      version: 2,
      name: 'Order intake 2',
      xml: xml(['a', 'b']),
      draft: null,
    });
    const { body } = await ada(workflows.diff, { params: { id }, query: { from: '1' } });
    expect(body.text).toContain('   <task name="a"/>\n+  <task name="b"/>\n </process></definitions>\n');
    expect(applyPatch(xml(['a']), body.text)).toBe(xml(['a', 'b']));
    await ada(workflows.setLabel, { params: { id, label: 'production' }, body: { version: 1 } });
    const production = await ada(workflows.getWorkflow, { params: { id }, query: { label: 'production' } });
    expect(production.body).toMatchObject({ version: 1, xml: xml(['a']), labels: ['production'] });
    const restored = await ada(workflows.restore, {
      params: { id },
      headers: over(published.body.hash),
      body: { version: 1 },
    });
    expect(restored.body).toMatchObject({ version: 3, name: 'Order intake 2', xml: xml(['a']) });
    const deployed = await ada(table.deployments.createDeployment, { body: { workflowId: id, version: 2 } });
    expect(deployed.body.workflowVersion).toBe(2);
  });

  it('of 2 MB is compared with another one without holding everybody else up', async () => {
    const large = (mark: string) => xml(Array.from({ length: 65_000 }, (_, n) => `${mark}${n}`));
    const body = { name: 'Very large', xml: large('a') };
    const { id, hash } = (await ada(workflows.createWorkflow, { body })).body;
    await ada(workflows.updateWorkflow, {
      params: { id },
      headers: over(hash),
      body: { xml: large('b') },
    });
    const compared = await ada(workflows.diff, { params: { id }, query: { from: '1', to: '2' } });
    expect(compared.body).toMatchObject({
      complete: false,
      text: '',
      changes: [{ path: '/xml', kind: 'changed' }],
    });
  });
});

describe('around it', () => {
  it('the audit has the hash before and after of everything that changes', async () => {
    const { id, hash } = await newTask('audited');
    const draft = (await draftOf(ada, id, hash, { base: 1, content: saved('Two') })).body;
    const published = await ben(tasks.publish, { params: { id }, headers: over(draft.hash), body: {} });
    const { hash: second } = published.body;
    await ada(tasks.setLabel, { params: { id, label: 'production' }, body: { version: 1 } });
    await ada(tasks.setLabel, { params: { id, label: 'production' }, body: { version: 2 } });
    await ada(tasks.removeLabel, { params: { id, label: 'production' } });
    await ada(tasks.restore, { params: { id }, headers: over(second), body: { version: 1 } });
    const { items } = (await running.store.audit.list(
      'acme',
      { resourceKind: 'tasks', resourceId: id },
      { limit: 20, offset: 0 },
    )) as { items: { action: string; before?: string; after?: string }[] };
    expect(items.reverse().map(({ action, before, after }) => [action, before, after])).toEqual([
      ['tasks.create', undefined, hash],
      ['tasks.saveDraft', hash, draft.hash],
      ['tasks.publish', hash, second],
      ['tasks.setLabel', undefined, hash],
      ['tasks.setLabel', hash, second],
      ['tasks.removeLabel', second, undefined],
      ['tasks.restore', second, hash],
    ]);
  });

  it('a draft takes of the storage quota once, however often it is typed, until it is gone', async () => {
    const { id, hash } = await newTask('stored');
    const stored = async () => {
      const { items } = (await ada(table.quotas.listQuotas)).body;
      return items.find(({ name }) => name === 'storageBytes')!.used;
    };
    const before = await stored();
    let last = hash;
    for (const text of ['a', 'b', 'c']) {
      const content = { text: text.repeat(10_000) };
      last = (await draftOf(ada, id, last, { base: 1, content })).body.hash;
    }
    expect((await stored()) - before).toBe(JSON.stringify({ text: 'c'.repeat(10_000) }).length);
    await ada(tasks.discardDraft, { params: { id }, headers: over(last) });
    expect(await stored()).toBe(before);
  });

  it('everybody who follows the kind hears of it', async () => {
    const client = await connectLive(running.url, adasToken);
    client.send({ type: 'subscribe', topic: 'tasks' });
    await client.next();
    const { id, hash } = await newTask('heard');
    const draft = (await draftOf(ben, id, hash, { base: 1, content: saved('Two') })).body;
    await ada(tasks.publish, { params: { id }, headers: over(draft.hash), body: {} });
    await ada(tasks.setLabel, { params: { id, label: 'beta' }, body: { version: 1 } });
    await ada(tasks.delete, { params: { id } });
    const heard = [];
    while (heard.length < 5) heard.push(await client.next());
    expect(heard.map((message) => ('data' in message ? message.data : message))).toEqual([
      { change: 'created', id, name: 'heard', version: 1, by: 'ada' },
      { change: 'draft', id, name: 'heard', version: 1, by: 'ben' },
      { change: 'updated', id, name: 'heard', version: 2, by: 'ada' },
      { change: 'labels', id, name: 'heard', version: 1, by: 'ada' },
      { change: 'deleted', id, name: 'heard', by: 'ada' },
    ]);
    await client.close();
  });

  it('what a run named is read after the deletion, and nothing else', async () => {
    const { id } = await newTask('deleted-later');
    await ada(tasks.setLabel, { params: { id, label: 'beta' }, body: { version: 1 } });
    await ada(tasks.delete, { params: { id } });
    expect((await ada(tasks.get, { params: { id }, query: { version: 1 } })).body.version).toBe(1);
    const gone = [404, 'NOT_FOUND'];
    expect(codeOf(await ada(tasks.get, { params: { id } }))).toEqual(gone);
    expect(codeOf(await ada(tasks.get, { params: { id }, query: { label: 'beta' } }))).toEqual(gone);
    expect(codeOf(await ada(tasks.diff, { params: { id }, query: { from: '1' } }))).toEqual(gone);
    expect(codeOf(await ada(tasks.setLabel, { params: { id, label: 'x' }, body: { version: 1 } }))).toEqual(
      gone,
    );
  });
});
