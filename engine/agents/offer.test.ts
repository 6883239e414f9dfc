import { ok } from '@baton/engine/protocol';
import type { CatalogTool, ToolCall, ToolDefinition } from '@baton/tools-registry/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { orderLookup, type Scripted, says, scripted } from './runTest.ts';

let agent: Scripted;
/** What there is, by name; it changes while the agent runs. */
let there: { [name: string]: { version: number } & Partial<ToolDefinition> };
let made: Pick<ToolCall, 'name' | 'version'>[];

beforeEach(() => {
  made = [];
  there = { 'order-lookup': { version: 2 } };
});

function given(...tools: string[]) {
  agent = scripted({ tools });
  agent.dependencies.tools = {
    catalog: {
      async get(_tenantId, name): Promise<CatalogTool | undefined> {
        const found = there[name];
        if (!found) return undefined;
        const { version, ...changes } = found;
        return {
          id: name,
          version,
          origin: { kind: 'saved' },
          definition: { ...orderLookup, ...changes, name },
        };
      },
      list: async () => [],
    },
    invoker: {
      async call({ name, version = 0 }) {
        made.push({ name, version });
        return { ok: true, value: null, version, logs: [] };
      },
    },
  };
}

const wants = (name: string) =>
  says({ toolCalls: [{ id: name, name, arguments: { orderId: 'a' } }], finish: 'toolCalls' });
const offeredAt = (call: number) =>
  agent.asked[call]?.tools.map(({ name, description }) => `${name}: ${description}`);

describe('what an agent is offered', () => {
  it('is found for each loop: changed, removed and published anew while it runs', async () => {
    given('order-lookup', 'refund');
    there.refund = { version: 1, description: 'Pays' };
    agent.answers.push(wants('order-lookup'), wants('order-lookup'), wants('refund'), says({ text: 'done' }));
    const { invoker } = agent.dependencies.tools;
    const changes = [
      () => {
        there['order-lookup'] = { version: 3, description: 'Finds' };
        delete there.refund;
      },
      () => {
        there.refund = { version: 1, description: 'Pays twice' };
      },
    ];
    agent.dependencies.tools.invoker = {
      async call(call, signal) {
        changes.shift()?.();
        return invoker.call(call, signal);
      },
    };
    expect((await agent.run()).result).toEqual(ok({ text: 'done' }));
    expect([0, 1, 2].map(offeredAt)).toEqual([
      ['order-lookup: Looks up an order', 'refund: Pays'],
      ['order-lookup: Finds'],
      ['order-lookup: Finds', 'refund: Pays twice'],
    ]);
    expect(made).toEqual([
      { name: 'order-lookup', version: 2 },
      { name: 'order-lookup', version: 3 },
      { name: 'refund', version: 1 },
    ]);
  });

  it('is in the record, and what is begun again was offered what it was offered then', async () => {
    given('order-lookup');
    agent.answers.push(wants('order-lookup'), says({ text: 'done' }));
    await agent.run();
    const [begun] = agent.calls.records;
    expect(begun?.offered).toEqual([{ as: 'order-lookup', name: 'order-lookup', version: 2 }]);

    there['order-lookup'] = { version: 9, description: 'Something else' };
    expect((await agent.run({ begun })).result).toEqual(ok({ text: 'done' }));
    expect([agent.asked.length, made.length]).toEqual([2, 1]);
  });

  it('has names that models take; calls, events and records name the tools themselves', async () => {
    given('crm.find', 'crm.größe');
    there = { 'crm.find': { version: 1 }, 'crm.größe': { version: 1 } };
    agent.answers.push(wants('crm__find'), says({ text: 'done' }));
    const { events } = await agent.run();
    const names = agent.asked[0]?.tools.map(({ name }) => name) ?? [];
    expect(names[0]).toBe('crm__find');
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(made).toEqual([{ name: 'crm.find', version: 1 }]);
    expect(events.find(({ event }) => event === 'tool.started')).toMatchObject({
      data: { name: 'crm.find' },
    });
    const [asked, called] = agent.calls.records;
    expect(asked?.offered?.[0]).toEqual({ as: 'crm__find', name: 'crm.find', version: 1 });
    expect(called).toMatchObject({ name: 'crm.find', request: { tool: 'crm.find' } });
    expect(agent.asked[1]?.messages.at(-1)).toMatchObject({ toolName: 'crm__find' });
  });
});

describe('a call that is recorded', () => {
  it('is not made again: the same key never has its effect twice', async () => {
    given('order-lookup');
    agent.answers.push(wants('order-lookup'), says({ text: 'done' }));
    await agent.run();
    const [begun] = agent.calls.records;
    await Promise.all([agent.run({ begun }), agent.run({ begun })]);
    expect(made).toHaveLength(1);
  });

  it('but was stopped with its run is made again: nobody was told that it failed', async () => {
    given('order-lookup');
    agent.answers.push(wants('order-lookup'), says({ text: 'done' }));
    const stopping = new AbortController();
    const { invoker } = agent.dependencies.tools;
    agent.dependencies.tools.invoker = {
      call: () => {
        stopping.abort();
        return new Promise(() => {});
      },
    };
    expect((await agent.run({}, stopping.signal)).result).toMatchObject({
      failure: { code: 'RUN_CANCELLED' },
    });
    agent.dependencies.tools.invoker = invoker;
    const [begun] = agent.calls.records;
    expect((await agent.run({ begun })).result).toEqual(ok({ text: 'done' }));
    expect(made).toHaveLength(1);
  });
});
