import type { JsonValue } from '@baton/gateway/api';
import { agentContent, policyContent, promptContent, readPrompt, type TaskContent } from '@baton/gateway/api';
import { z } from 'zod';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { isObject, valueAt } from '../../platform/contentPath.ts';
import { resourceOfPath } from '../../platform/languages/codeResource.ts';
import type { DocumentNames } from '../../platform/languages/documentNames.ts';
import type { JsonSchema } from '../../platform/languages/jsonSchema.ts';
import type { Languages, Suggestion } from '../../platform/languages/languages.ts';
import { type PromptVariable, promptsNamedIn, runVariables } from '../../platform/languages/promptText.ts';
import { schemaYaml } from '../../platform/languages/schemaYaml.ts';

/** What may be written: defaults can be left out. */
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;

/** Agents, policies and prompts as YAML, by the schemas of the contract and the names of the tenant. */
export function registerDocumentLanguages(languages: Languages, names: DocumentNames): Disposable {
  return disposeAll(
    languages.register(
      schemaYaml({
        id: 'agent',
        reads: (path) => path.endsWith('.agent.yaml'),
        schema: schemaOf(agentContent),
        names,
        naming: {
          provider: 'provider',
          'fallbacks/*/provider': 'provider',
          'tools/*': 'tool',
          guardrails: 'policy',
          response: 'task',
        },
        prompts: ['systemPrompt', 'userPrompt'],
        values: (path, content) => modelsAt(names, path, content),
        async variables(content) {
          const task = await taskOf(names, content);
          return [
            ...(task?.variables ?? []),
            ...runVariables,
            ...usedIn(content, ['systemPrompt', 'userPrompt'], task?.variables ?? []),
          ];
        },
        async allVariables(content) {
          const task = await taskOf(names, content);
          if (!task || task.variables.length === 0) return undefined;
          return {
            by: `the task ${task.name}`,
            variables: [...task.variables, ...runVariables].map(({ name }) => name),
          };
        },
      }),
    ),
    languages.register(
      schemaYaml({
        id: 'policy',
        reads: (path) => path.endsWith('.policy.yaml'),
        schema: schemaOf(policyContent),
        names,
        naming: {},
        prompts: [],
        variables: async () => [],
      }),
    ),
    languages.register(
      schemaYaml({
        id: 'prompt',
        reads: (path) => path.endsWith('.prompt.yaml'),
        schema: schemaOf(promptContent),
        names,
        naming: {},
        prompts: ['text'],
        variables: async (content) => [
          ...(await taskVariables(names)),
          ...runVariables,
          ...usedIn(content, ['text'], []),
        ],
        allVariables: (_content, path) => givenToPrompt(names, path),
      }),
    ),
  );
}

/** Models of the provider beside which one is named. */
async function modelsAt(
  names: DocumentNames,
  path: readonly string[],
  content: JsonValue | undefined,
): Promise<Suggestion[]> {
  if (path.at(-1) !== 'model' || content === undefined) return [];
  const provider = valueAt(content, [...path.slice(0, -1), 'provider']);
  const found = typeof provider === 'string' ? await names.find('provider', provider) : undefined;
  return (found?.models ?? []).map((model) => ({
    label: model,
    kind: 'value',
    detail: found!.name,
    insert: /^[\w./-]+$/.test(model) ? model : JSON.stringify(model),
  }));
}

/** What the task an agent answers gives its prompts. */
async function taskOf(names: DocumentNames, content: JsonValue | undefined) {
  const named = content === undefined ? undefined : valueAt(content, ['response']);
  const task = typeof named === 'string' ? await names.find('task', named) : undefined;
  return task && { name: task.name, variables: propertiesOf(task.content as TaskContent, task.name) };
}

/** What every agent that includes a prompt can give it; nothing is said where one of them takes whatever a job brings. */
async function givenToPrompt(names: DocumentNames, path: string) {
  const id = resourceOfPath(path)?.id;
  const prompt = (await names.all('prompt'))?.find((each) => each.id === id);
  const users = ((await names.all('agent')) ?? []).filter(
    ({ content }) => prompt && includes(content, prompt.name),
  );
  const tasks = await Promise.all(users.map(({ content }) => taskOf(names, content as JsonValue)));
  const [first, ...others] = tasks;
  if (!first || tasks.some((task) => !task || task.variables.length === 0)) return undefined;
  const common = first.variables.filter(({ name }) =>
    others.every((task) => task!.variables.some((variable) => variable.name === name)),
  );
  const by = tasks.map((task) => task!.name);
  return {
    by: `${by.length === 1 ? 'the task' : 'every one of the tasks'} ${[...new Set(by)].join(', ')}`,
    variables: [...common, ...runVariables].map(({ name }) => name),
  };
}

function includes(content: unknown, prompt: string): boolean {
  return ['systemPrompt', 'userPrompt'].some((field) => {
    const text = valueAt(content as JsonValue, [field]);
    return typeof text === 'string' && promptsNamedIn(text).some(({ name }) => name === prompt);
  });
}

async function taskVariables(names: DocumentNames): Promise<PromptVariable[]> {
  const tasks = (await names.all('task')) ?? [];
  const all = tasks.flatMap(({ content, name }) => propertiesOf(content as TaskContent, name));
  return all.filter(({ name }, at) => all.findIndex((each) => each.name === name) === at);
}

function propertiesOf(task: TaskContent, taskName: string): PromptVariable[] {
  const properties = (task.requestSchema as JsonValue | undefined) ?? null;
  const members = isObject(properties) ? properties.properties : undefined;
  if (!isObject(members)) return [];
  return Object.entries(members).map(([name, member]) => {
    const { description, type } = isObject(member) ? member : {};
    return {
      name,
      description: `${typeof description === 'string' ? `${description}\n\n` : ''}Given by the task ${taskName}.`,
      ...(typeof type === 'string' && { type }),
    };
  });
}

function usedIn(
  content: JsonValue | undefined,
  fields: readonly string[],
  known: readonly PromptVariable[],
): PromptVariable[] {
  const taken = new Set([...known, ...runVariables].map(({ name }) => name));
  const used = fields.flatMap((field) => {
    const text = content === undefined ? undefined : valueAt(content, [field]);
    return typeof text === 'string' ? readPrompt(text).variables : [];
  });
  return [...new Set(used)]
    .filter((name) => !taken.has(name.split('.')[0]!))
    .map((name) => ({ name, description: 'Used here already.' }));
}
