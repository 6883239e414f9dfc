import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Engine, startEngine } from '../main.ts';
import { bpmn, path, startCondition, userTask } from '../test/bpmn.ts';

let engine: Engine;

beforeEach(async () => {
  engine = await startEngine({ host: '127.0.0.1', grpcPort: 0, restPort: 0, dataDirectory: undefined });
});
afterEach(() => engine.close());

/** What the answers tell that a test asks about. */
interface Answer {
  deployments: { processDefinition: { processDefinitionKey: string } }[];
  processInstances: { processDefinitionKey: string; processInstanceKey: string }[];
  items: object[];
}

async function post(route: string, body: FormData | object): Promise<Answer> {
  const json = !(body instanceof FormData);
  const answer = await fetch(`${engine.restAddress}/v2/${route}`, {
    method: 'POST',
    ...(json && { headers: { 'content-type': 'application/json' } }),
    body: json ? JSON.stringify(body) : body,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

/** A process that waits for a person when it has begun; answers with its key. */
async function begunWhen(id: string, condition: string): Promise<string> {
  const form = new FormData();
  const model = bpmn(id, startCondition('start', condition), userTask('t'), path('start', 't'));
  form.append('resources', new Blob([model]), `${id}.bpmn`);
  const { deployments } = await post('deployments', form);
  return deployments[0]!.processDefinition.processDefinitionKey;
}

it('begins the processes whose conditions hold, with the variables that they were asked with', async () => {
  const hot = await begunWhen('hot', '=temperature > 30');
  await begunWhen('cold', '=temperature < 0');
  const { processInstances } = await post('conditionals/evaluation', { variables: { temperature: 35 } });
  expect(processInstances).toEqual([
    { processDefinitionKey: hot, processInstanceKey: expect.stringMatching(/^\d+$/) },
  ]);
  const { processInstanceKey } = processInstances[0]!;
  const found = await post('variables/search', {
    filter: { processInstanceKey, scopeKey: processInstanceKey },
  });
  expect(found.items).toMatchObject([{ name: 'temperature', value: '35' }]);
});

it('begins nothing where no condition holds or can be told', async () => {
  await begunWhen('hot', '=temperature > 30');
  for (const variables of [{ temperature: 5 }, { pressure: 40 }, {}])
    expect((await post('conditionals/evaluation', { variables })).processInstances).toEqual([]);
});

it('asks one definition alone, and of several versions the latest', async () => {
  const first = await begunWhen('hot', '=temperature > 30');
  const second = await begunWhen('hot', '=temperature > 40');
  await begunWhen('warm', '=temperature > 20');
  const begun = async (temperature: number, processDefinitionKey: string) =>
    (
      await post('conditionals/evaluation', { variables: { temperature }, processDefinitionKey })
    ).processInstances.map((started) => started.processDefinitionKey);
  expect(await begun(35, second)).toEqual([]);
  expect(await begun(45, second)).toEqual([second]);
  expect(await begun(45, first)).toEqual([]);
});
