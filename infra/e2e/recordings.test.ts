import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForkReport } from '@baton/engine/protocol';
import { assertReplays, recordingsIn } from '@baton/engine/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { ran } from '../cli/testProgram.ts';
import { root } from '../real/root.ts';
import { type Api, signedIn } from './api.ts';
import { callingProcess } from './askingProcess.ts';
import { stage } from './stage.ts';

const patience = { timeout: 30_000, interval: 100 };

const scenario = `
scripts:
  - name: careful
    when: { system: Be careful }
    steps:
      - toolCalls: [{ name: order-lookup, arguments: { orderId: HP-48213 } }]
      - text: I had rather ask a person.
  - name: generous
    steps:
      - toolCalls: [{ name: order-lookup, arguments: { orderId: HP-48213 } }]
      - toolCalls: [{ name: refund, arguments: { amount: 5 } }]
      - text: Paid back, tell anna@firm.example.
`;
const refund = {
  description: 'Pays a refund: amount of money paid back',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  output: { type: 'object' },
  sideEffect: true,
  source: 'export default defineTool({ run: ({ amount }) => ({ paid: amount }) });',
};
const cashier = {
  provider: 'told',
  model: 'any',
  systemPrompt: 'Pay a refund of money back.',
  userPrompt: '{{message}}',
  tools: ['order-lookup', 'refund'],
};

describe('a recorded run of an agent', () => {
  const on = stage();
  const cassettes = join(on.folder, 'cassettes');
  let api: Api;
  let key: string;
  let agentId: string;
  let runId: string;

  /** The program `baton` with these words. */
  async function baton(...argv: string[]): Promise<{ code: number; said: string }> {
    const { code, said } = await ran(argv, {
      environment: { BATON_URL: on.product.address, BATON_API_KEY: key },
      fetch,
    });
    return { code, said };
  }

  /** The agent's next version. */
  async function publish(content: object): Promise<void> {
    const address = `${on.product.address}/api/agents/${agentId}`;
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const etag = (await fetch(address, { headers })).headers.get('etag') ?? '';
    const put = await fetch(address, {
      method: 'PUT',
      headers: { ...headers, 'if-match': etag },
      body: JSON.stringify({ content }),
    });
    expect(await put.json()).toMatchObject({ version: 2 });
  }

  beforeAll(async () => {
    api = await signedIn(on.product.address, 'admin');
    ({ key } = await api.post('/api-keys', {
      name: 'ci',
      scopes: ['agents:read', 'agents:write', 'agents:run', 'tools:run', 'instances:read'],
    }));
    await api.post('/providers', { name: 'told', type: 'scripted', scenario });
    await api.post('/tools', { name: 'refund', content: refund });
    ({ id: agentId } = await api.post('/agents', { name: 'cashier', content: cashier }));
    const ran = await api.post(`/agents/${agentId}/run`, { input: { message: 'My order is late' } });
    runId = ran.id;
  }, 240_000);
  it('is done over alike, and shows the first message that another prompt changes', async () => {
    expect(await baton('replay', runId)).toEqual({ code: 0, said: `✓ ${runId} 5 calls alike` });
    await publish({ ...cashier, systemPrompt: 'Pay nothing back.' });
    expect((await baton('replay', runId)).code).toBe(0);
    const { code, said } = await baton('replay', runId, '--against', 'latest');
    expect(code).toBe(1);
    expect(said.split('\n')).toEqual([
      `✗ ${runId} call 1 differs at /messages/0/text`,
      '  recorded: "Pay a refund of money back."',
      '  now:      "Pay nothing back."',
    ]);
  });

  it('goes another way with another prompt: what is before it is free, and nothing is paid back', async () => {
    const prompt = join(on.folder, 'prompt.txt');
    writeFileSync(prompt, 'Be careful with money.');
    const { code, said } = await baton('fork', runId, '--from', '2', '--prompt', prompt, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(said) as ForkReport;
    expect(report).toMatchObject({
      forkOf: runId,
      from: 2,
      answer: { now: { text: 'I had rather ask a person.' }, equal: false },
      stubbed: [],
    });
    expect(report.path.map(({ recorded, now, equal }) => [recorded?.name, now?.name, equal])).toEqual([
      ['told/any', 'told/any', true],
      ['order-lookup', 'order-lookup', true],
      ['told/any', 'told/any', false],
      ['refund', undefined, false],
      ['told/any', undefined, false],
    ]);
    expect(await api.get(`/recordings/${report.run}/comparison`)).toEqual(report);
    expect((await baton('replay', report.run)).code).toBe(0);
    const inWords = await baton('fork', runId, '--from', '2', '--prompt', prompt);
    expect(inWords.said).toContain('+ I had rather ask a person.');
    expect(inWords.said).toContain('→ refund');
  });

  it('of a job in a process is there by its element instance', async () => {
    const xml = callingProcess('asks-cashier', 'cashier', 'agent');
    const { id: workflowId } = await api.post('/workflows', { name: 'asks-cashier', xml });
    await api.post('/deployments', { workflowId });
    const { key: instance } = await api.post('/instances', {
      bpmnProcessId: 'asks-cashier',
      variables: { message: 'Late again' },
    });
    await expect
      .poll(async () => (await api.get<{ state: string }>(`/instances/${instance}`)).state, patience)
      .toBe('COMPLETED');
    const { items } = await api.get<{ items: { id: string; loops: number; replayable: boolean }[] }>(
      `/instances/${instance}/recordings`,
    );
    expect(items).toMatchObject([{ loops: 3, replayable: true }]);
    expect(await baton('replay', items[0]!.id)).toEqual({ code: 0, said: `✓ ${items[0]!.id} 5 calls alike` });
    expect((await baton('record', items[0]!.id, '--as', 'scenario', '--out', cassettes)).code).toBe(0);
  });

  it('leaves as a masked cassette that is run with no product at all', async () => {
    expect((await baton('record', runId, '--as', 'scenario', '--out', cassettes)).code).toBe(0);
    await on.product.stop();
    const files = recordingsIn(cassettes);
    expect(files).toHaveLength(2);
    for (const { name, recording } of files) {
      await assertReplays(recording);
      expect(readFileSync(join(cassettes, name), 'utf8')).not.toMatch(/anna@|acme/);
    }
    const said = execFileSync(process.execPath, ['infra/cli/baton.mjs', 'replay', cassettes], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(said).toContain('2 of 2 runs are alike');
    const unreachable = await baton('replay', runId);
    expect(unreachable).toMatchObject({
      code: 3,
      said: expect.stringContaining('(BATON_URL or baton login), but it cannot'),
    });
  });
});
