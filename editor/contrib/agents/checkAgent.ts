import {
  type AgentContent,
  agentContent,
  agentLimits,
  agentMemory,
  agentParameters,
  type JsonValue,
} from '@baton/gateway/api';
import { type ContentPath, pathKey } from '../../platform/contentPath.ts';
import type { ContentProblem } from '../../platform/textDocument.ts';

type Issue = NonNullable<ReturnType<typeof agentContent.safeParse>['error']>['issues'][number];

/** What an agent is when nothing but the necessary is said: what empty fields of the form mean. */
export const agentDefaults: AgentContent = agentContent.parse({
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: 'Answer.',
});

/** Names of what the tenant has; `undefined` while not all of them are read. */
export interface Known {
  tools?: readonly string[] | undefined;
  providers?: readonly string[] | undefined;
}

/**
 * What the gateway would refuse, in the words of the editor, and what would not do what it seems to: tools nobody knows.
 */
export function checkAgent(content: JsonValue, known: Known): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const parsed = agentContent.safeParse(content);
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map(String);
    problems.push({
      severity: 'error',
      path,
      code: `agent(${path.at(-1) ?? 'object'})`,
      message: wordsFor(issue, valueAt(content, path)),
    });
  }
  checkNames(content, [], agentContent.shape, problems);
  for (const [part, { shape }] of Object.entries({
    parameters: agentParameters,
    memory: agentMemory,
    limits: agentLimits,
  }))
    checkNames(valueAt(content, [part]), [part], shape, problems);
  checkProvider(content, known.providers, problems);
  checkTools(content, known.tools, problems);
  checkTemplate(content, problems);
  return problems;
}

/** The gateway drops members it does not know; a misspelt one would be lost without a word. */
function checkNames(
  content: JsonValue | undefined,
  path: ContentPath,
  known: object,
  problems: ContentProblem[],
): void {
  if (!isObject(content)) return;
  for (const name of Object.keys(content)) {
    if (!Object.hasOwn(known, name))
      problems.push({
        severity: 'error',
        path: [...path, name],
        code: 'agent(unknown)',
        message: `Expected ${Object.keys(known).join(', ')} only, but found ${name}.`,
      });
  }
}

/** The gateway saves no agent whose provider nobody can choose. */
function checkProvider(
  content: JsonValue,
  knownProviders: readonly string[] | undefined,
  problems: ContentProblem[],
) {
  const provider = valueAt(content, ['provider']);
  if (typeof provider !== 'string' || !knownProviders || knownProviders.includes(provider)) return;
  if (problems.some(({ path }) => path[0] === 'provider')) return;
  problems.push({
    severity: 'error',
    path: ['provider'],
    code: 'agent(provider)',
    message: `Expected a provider of this tenant, but there is none named ${provider}.`,
  });
}

function checkTools(
  content: JsonValue,
  knownTools: readonly string[] | undefined,
  problems: ContentProblem[],
) {
  const tools = isObject(content) ? content.tools : undefined;
  if (!Array.isArray(tools)) return;
  const seen = new Set<JsonValue>();
  tools.forEach((tool, index) => {
    const path = ['tools', String(index)];
    if (!seen.has(tool) && typeof tool === 'string' && knownTools && !knownTools.includes(tool))
      problems.push({
        severity: 'warning',
        path,
        code: 'agent(tools)',
        message: `Expected a tool of this tenant, but there is none named ${tool || '""'}.`,
      });
    seen.add(tool);
  });
}

/** A `{{` the engine does not fill stays in the prompt as it is. */
function checkTemplate(content: JsonValue, problems: ContentProblem[]): void {
  const prompt = isObject(content) ? content.userPrompt : undefined;
  if (typeof prompt !== 'string') return;
  const left = prompt.replace(/\{\{\s*[\w.-]+\s*\}\}/g, '');
  const open = /\{\{[^\n}]{0,40}(?:\}\})?/.exec(left)?.[0];
  if (open)
    problems.push({
      severity: 'warning',
      path: ['userPrompt'],
      code: 'agent(userPrompt)',
      message: `Expected {{variable}} or {{variable.field}}, but found ${open.trim()}; the model would read it as it stands.`,
    });
}

/** The words for each kind of refusal; the figures come from the contract itself. */
function wordsFor(issue: Issue, value: JsonValue | undefined): string {
  const found = value === undefined ? 'it is missing' : `it is ${wordFor(value)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `Expected ${typeWords[issue.expected] ?? issue.expected}, but ${found}.`;
    case 'invalid_value':
      return `Expected one of ${issue.values.join(', ')}, but ${found}.`;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1
          ? 'Expected a text, but it is empty.'
          : `Expected at least ${issue.minimum} characters, but ${found}.`;
      return `Expected a number from ${figure(issue.minimum)}, but ${found}.`;
    case 'too_big':
      if (issue.origin === 'string')
        return `Expected at most ${figure(issue.maximum)} characters, but there are ${figure(String(value).length)}.`;
      if (issue.origin === 'array')
        return `Expected at most ${figure(issue.maximum)}, but there are ${figure((value as JsonValue[]).length)}.`;
      return `Expected a number up to ${figure(issue.maximum)}, but ${found}.`;
    case 'invalid_format':
      if (issue.path[0] === 'provider') return `Expected the name of a provider, but ${found}.`;
      return `Expected a name of lower-case letters, digits and -, but ${found}.`;
    case 'custom':
      return `${issue.message}.`;
    default:
      return `Expected another value, but ${found}.`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'names with values',
};

function figure(value: number | bigint): string {
  return value.toLocaleString('en');
}

function wordFor(value: JsonValue): string {
  if (value === null || value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : String(value);
  return text.length > 40 ? 'a text' : typeof value === 'string' ? JSON.stringify(text) : text;
}

export function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(content: JsonValue, path: ContentPath): JsonValue | undefined {
  let value: JsonValue | undefined = content;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** Problems at a field: at its value or inside it. */
export function problemsAt(
  problems: readonly ContentProblem[],
  path: ContentPath,
): readonly ContentProblem[] {
  const key = pathKey(path);
  return problems.filter((problem) => `${pathKey(problem.path)}/`.startsWith(`${key}/`));
}
