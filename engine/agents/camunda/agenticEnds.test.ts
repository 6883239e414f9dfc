import type { BudgetGrant, CallUsage } from '@baton/engine/protocol';
import { failed, ok } from '@baton/engine/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { says } from '../runTest.ts';
import { type AgenticWorld, filesOf, openAgenticWorld, tenantId } from './test/world.ts';

let world: AgenticWorld;
beforeEach(async () => {
  world = await openAgenticWorld();
});
afterEach(() => world.close());

const forms = ['travel-desk-question', 'travel-desk-review'];
const trip = { question: 'What do 2 nights cost for 3?', today: 'Monday', traveller: 'eva' };
const wants = (name: string, given: object, id = 'c') =>
  says({ toolCalls: [{ id, name, arguments: given as never }], finish: 'toolCalls' });

/** The travel desk with something in its text otherwise, begun. */
async function begin(...changes: [from: string, to: string][]): Promise<string> {
  const files = await filesOf('travel-desk', ...forms);
  const changed = files.map(({ name, content }) => ({
    name,
    content: changes.reduce((text, [from, to]) => {
      expect(name.endsWith('.form') || text.includes(from), from).toBe(true);
      return text.replace(from, to);
    }, content),
  }));
  await world.deploy(changed);
  return world.start('travel-desk', trip);
}
const header = (key: string, value: string): [string, string] => [
  '<zeebe:header key="retryBackoff" value="PT0S" />',
  `<zeebe:header key="retryBackoff" value="PT0S" /><zeebe:header key="${key}" value="${value}" />`,
];
const goOn = (incidentKey: string) => world.engine.commands.resolveIncident(incidentKey);

describe('a limit', () => {
  it('of model calls is an error of its own; granted more, the agent goes on and repeats nothing', async () => {
    const granted: BudgetGrant[] = [];
    await world.work({ grants: { ofElement: async () => granted } });
    world.say(wants('Price', { nights: 2, people: 3 }), says({ text: '540' }));
    const instance = await begin(['source="=8"', 'source="=1"']);
    const { incidentKey, errorType, errorMessage } = await world.incident(instance);

    expect(errorType).toBe('UNHANDLED_ERROR_EVENT');
    expect(errorMessage).toContain(
      "'MAXIMUM_NUMBER_OF_MODEL_CALLS_REACHED' with message 'Expected at most 1 model calls",
    );
    expect(world.asked).toHaveLength(1);
    granted.push({ modelCalls: 1, toolCalls: 0, tokens: 0, cost: 0, duration: 0 } as BudgetGrant);
    await goOn(incidentKey);
    await world.task(instance, 'Review');
    expect(world.asked).toHaveLength(2);
    const records = await world.calls.list(tenantId, instance);
    expect(records.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'model'],
      [2, 'tool'],
      [3, 'model'],
    ]);
  });

  it('of tokens that a header sets is another one', async () => {
    await world.work();
    const instance = await begin(header('maxTokens', '10'));

    expect((await world.incident(instance)).errorMessage).toContain('BUDGET_EXCEEDED');
    expect(world.asked).toEqual([]);
  });

  it('of the tenant is kept before a turn, counted once, and given back', async () => {
    const told: string[] = [];
    let full = true;
    await world.work({
      spending: {
        async reserve(owner, { tokens }) {
          told.push(`reserve ${owner.elementId} ${tokens > 4_096}`);
          if (full) return failed({ code: 'QUOTA_EXCEEDED', message: 'Expected tokens, but there are none' });
          return ok({
            settle: ({ inputTokens }: CallUsage) => void told.push(`settle ${inputTokens}`),
            end: async () => void told.push('end'),
          });
        },
      },
    });
    const instance = await begin();
    const { incidentKey, errorMessage } = await world.incident(instance);

    expect(errorMessage).toBe('QUOTA_EXCEEDED: Expected tokens, but there are none');
    full = false;
    world.say(says({ text: 'Done' }));
    const [job] = (await world.jobs(instance)).slice(-1);
    await world.engine.commands.updateJobRetries(job!, 1);
    await goOn(incidentKey);
    await world.task(instance, 'Review');
    expect(told).toEqual(['reserve Agent true', 'reserve Agent true', 'settle 10', 'end']);
  });
});

describe('an agent that runs in circles', () => {
  const calls = (...given: object[]) =>
    says({
      toolCalls: given.map((each, index) => ({ id: `c${index}`, name: 'Price', arguments: each as never })),
      finish: 'toolCalls',
    });

  it.each([
    [
      'the same call too often',
      (time: number) => calls({ nights: 1, people: 1 }, { nights: time, people: 2 }),
      'the same arguments',
    ],
    ['calls that fail as before', () => calls({ nights: 'two' }), 'something new'],
  ])('is stopped: %s', async (_what, answer, message) => {
    await world.work();
    world.say(...Array.from({ length: 12 }, (_, index) => answer(index)));
    const instance = await begin(['source="=8"', 'source="=20"']);
    const { errorMessage } = await world.incident(instance);

    expect(errorMessage).toContain("'AGENT_LOOP'");
    expect(errorMessage).toContain(message);
    expect(world.asked.length).toBeLessThan(12);
  });
});

describe('an answer', () => {
  it('that calls tools wrongly is told so at once, and nothing is begun for it', async () => {
    await world.work();
    world.say(
      wants('Price', { nights: 'two' }),
      wants('Hotel', {}),
      wants('Price', { nights: 2, people: 3 }),
      says({ text: '540' }),
    );
    const instance = await begin();
    await world.task(instance, 'Review');

    expect(world.asked.slice(1, 3).map(({ messages }) => messages.at(-1))).toMatchObject([
      { role: 'tool', text: expect.stringContaining('The arguments do not fit') },
      { role: 'tool', text: "Expected one of the offered tools, but there is no tool 'Hotel'" },
    ]);
    const elements = await world.engine.queries.elementInstances(tenantId, instance);
    expect(elements.ok && elements.value.filter(({ elementId }) => elementId === 'Price')).toHaveLength(1);
  });

  const json: [string, string][] = [
    [
      '<zeebe:input source="text" target="data.response.format.type" />',
      '<zeebe:input source="json" target="data.response.format.type" /><zeebe:input source="={ type: &#34;object&#34;, properties: { price: { type: &#34;number&#34; } }, required: [&#34;price&#34;] }" target="data.response.format.schema" />',
    ],
  ];

  it('that has to be JSON is sent back once, and is JSON then', async () => {
    await world.work();
    world.say(says({ text: 'cheap' }), says({ text: '{"price":540}' }));
    const instance = await begin(...json);
    const task = await world.task(instance, 'Review');
    const seen = await world.engine.queries.userTaskVariables(tenantId, task);

    expect(seen.ok && seen.value.agent).toMatchObject({ responseJson: { price: 540 } });
    expect(world.asked[0]?.responseSchema).toMatchObject({ required: ['price'] });
  });

  it('that is not JSON twice is an incident', async () => {
    await world.work();
    world.say(says({ text: 'cheap' }), says({ text: '{"price":"low"}' }));
    const instance = await begin(...json);

    expect((await world.incident(instance)).errorMessage).toContain('FAILED_TO_PARSE_RESPONSE_CONTENT');
  });

  it('that a policy blocks is an error of its own', async () => {
    await world.work({
      catalog: {
        ...world.dependencies.catalog,
        policy: async () => ({
          version: 1,
          definition: { checks: [{ check: 'length', places: ['input'], action: 'block', most: 5 }] } as never,
        }),
      },
    });
    const instance = await begin(header('guardrails', 'short'));

    expect((await world.incident(instance)).errorMessage).toContain('GUARDRAIL_VIOLATION');
    expect(world.asked).toEqual([]);
  });
});

describe('a model', () => {
  it('whose provider nobody has set up is an incident that says which', async () => {
    await world.work({
      models: { provider: async () => undefined, secrets: async () => [] },
      providers: async () => [],
    });
    const instance = await begin();

    expect((await world.incident(instance)).errorMessage).toBe(
      "PROVIDER_NOT_FOUND: Expected a provider named 'bedrock', or one of that type, but there is none; set one up under the name 'bedrock', of any type that has the model 'travel-model-1'",
    );
  });

  it('that is away is asked again, and knows what was said before', async () => {
    const { models } = world.dependencies;
    let away = 1;
    const provider = (await models.provider(tenantId, 'bedrock'))!;
    await world.work({
      models: {
        ...models,
        provider: async () => ({
          ...provider,
          async generate(request, signal) {
            const isSecond = request.messages.length > 2;
            if (isSecond && away-- > 0)
              return failed({
                code: 'MODEL_UNAVAILABLE',
                message: 'Expected it, but it is away',
                retryable: true,
              });
            return provider.generate(request, signal);
          },
        }),
      },
    });
    world.say(wants('Price', { nights: 2, people: 3 }), says({ text: '540' }));
    const instance = await begin();
    await world.task(instance, 'Review');

    expect(world.asked).toHaveLength(2);
    expect(world.asked[1]?.messages.at(-1)).toMatchObject({ role: 'tool', text: '540' });
  });
});
