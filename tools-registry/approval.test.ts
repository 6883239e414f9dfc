import { describe, expect, it } from 'vitest';
import {
  type JsonValue,
  noCapabilities,
  type ToolAnswer,
  type ToolCall,
  type ToolDefinition,
  type ToolOrigin,
  type ToolOutcome,
  type ToolSource,
} from './contract/index.ts';
import { createToolInvoker } from './index.ts';

const refund: ToolDefinition = {
  name: 'refund',
  description: 'Pays money back',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  output: { type: 'object', properties: { paid: { type: 'number' } }, required: ['paid'] },
  source: '',
  sideEffect: true,
  egress: true,
  approval: 'always',
  capabilities: noCapabilities,
  limits: { timeout: 1_000, memory: 1_000 },
};

/** A source of one tool, which notes how it was run. */
function source(changes: Partial<ToolDefinition> = {}, origin: ToolOrigin = { kind: 'saved' }, version = 3) {
  const ran: ToolCall[] = [];
  const outcomes: ToolOutcome[] = [];
  const definition = { ...refund, ...changes };
  const self: ToolSource & { ran: ToolCall[]; outcomes: ToolOutcome[] } = {
    ran,
    outcomes,
    owns: () => true,
    get: async (_tenantId, name, wanted) =>
      name === definition.name && (wanted ?? version) === version
        ? { id: 't', definition, version, origin }
        : undefined,
    list: async () => [],
    async run(_tool, call) {
      ran.push(call);
      const { amount } = call.arguments as { amount: number };
      return outcomes.shift() ?? { ok: true, value: { paid: amount }, version, logs: [] };
    },
  };
  return self;
}

function invoke(from: ToolSource, given: JsonValue, more: Partial<ToolCall> = {}, holds = true) {
  return createToolInvoker([from], () => holds).call(
    { tenantId: 'acme', name: 'refund', version: undefined, arguments: given, idempotencyKey: 'k', ...more },
    new AbortController().signal,
  );
}

const answers = (answer: ToolAnswer) => ({ answers: { 'baton:approval': answer } });

describe('a call that somebody has to approve', () => {
  it('is not made, and asks with its arguments in the form of the tool’s input', async () => {
    const from = source();
    expect(await invoke(from, { amount: 5 })).toEqual({
      ok: false,
      version: 3,
      failure: {
        code: 'TOOL_APPROVAL_REQUIRED',
        message: "Expected somebody to approve this call of 'refund' first, but nobody has",
      },
      question: {
        id: 'baton:approval',
        kind: 'approval',
        message: "May 'refund' be called with these arguments?",
        schema: refund.input,
        proposed: { amount: 5 },
      },
    });
    expect(from.ran).toEqual([]);
  });

  it('is made once approved, and answers what the tool answers, not the approval', async () => {
    const from = source();
    const outcome = await invoke(from, { amount: 5 }, answers({ action: 'accept', content: { amount: 5 } }));
    expect(outcome).toMatchObject({ ok: true, value: { paid: 5 } });
    expect(from.ran).toHaveLength(1);
  });

  it('is made with the arguments as the person left them', async () => {
    const from = source();
    const outcome = await invoke(
      from,
      { amount: 500 },
      answers({ action: 'accept', content: { amount: 5 } }),
    );
    expect([from.ran[0]?.arguments, outcome]).toMatchObject([
      { amount: 5 },
      { ok: true, value: { paid: 5 } },
    ]);
  });

  it('is not made with arguments that a person made wrong', async () => {
    const from = source();
    const outcome = await invoke(
      from,
      { amount: 5 },
      answers({ action: 'accept', content: { amount: 'x' } }),
    );
    expect([outcome, from.ran]).toMatchObject([{ ok: false, failure: { code: 'TOOL_INPUT_INVALID' } }, []]);
  });

  it.each([
    [{ action: 'decline' as const }, 'it was declined'],
    [{ action: 'cancel' as const }, 'nobody decided'],
  ])('is not made after %j, and does not ask again', async (answer, but) => {
    const from = source();
    const outcome = await invoke(from, { amount: 5 }, answers(answer));
    expect([outcome, from.ran]).toEqual([
      {
        ok: false,
        version: 3,
        failure: {
          code: 'TOOL_DECLINED',
          message: `Expected somebody to approve this call of 'refund', but ${but}`,
        },
      },
      [],
    ]);
  });

  it('bothers nobody when it could not be made anyway', async () => {
    const outcome = await invoke(source(), { amount: 'much' });
    expect(outcome).toMatchObject({ failure: { code: 'TOOL_INPUT_INVALID' } });
    expect(outcome).not.toHaveProperty('question');
  });

  it.each([
    [true, 'TOOL_APPROVAL_REQUIRED'],
    [false, 'ran'],
  ])('asks under a condition that is %s: %s', async (holds, code) => {
    const outcome = await invoke(source({ approval: { when: 'amount > 100' } }), { amount: 5 }, {}, holds);
    expect(outcome.ok ? 'ran' : outcome.failure.code).toBe(code);
  });

  it('asks the tool’s own questions apart from the approval', async () => {
    const from = source();
    const question = { id: 'why', kind: 'input' as const, message: 'Why?', schema: {} };
    from.outcomes.push({
      ok: false,
      version: 3,
      failure: { code: 'TOOL_INPUT_REQUIRED', message: 'Expected a reason, but there is none' },
      question,
      resume: { at: 1 },
    });
    const approved = { action: 'accept' as const, content: { amount: 5 } };
    const asked = await invoke(from, { amount: 5 }, answers(approved));
    expect(asked).toMatchObject({ question, resume: { at: 1 } });
    const why = { action: 'accept' as const, content: { why: 'broken' } };
    await invoke(from, { amount: 5 }, { answers: { 'baton:approval': approved, why }, resume: { at: 1 } });
    expect(from.ran[1]).toMatchObject({ answers: { why }, resume: { at: 1 } });
    expect(from.ran[1]?.answers).not.toHaveProperty('baton:approval');
  });
});

describe('a version that is not there any more', () => {
  it('is not another one of a saved tool', async () => {
    expect(await invoke(source({ approval: 'never' }), { amount: 5 }, { version: 2 })).toMatchObject({
      failure: { code: 'TOOL_NOT_FOUND' },
    });
  });

  it('is what an admin accepted since of a server’s tool: a call goes on after the acceptance', async () => {
    const server = source(
      { approval: 'never' },
      { kind: 'mcp', serverId: 's', server: 'bank', tool: 'refund' },
    );
    expect(await invoke(server, { amount: 5 }, { version: 2 })).toMatchObject({ ok: true, version: 3 });
  });
});
