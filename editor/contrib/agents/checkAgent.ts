import {
  type AgentContent,
  agentContent,
  agentContext,
  agentLimits,
  agentMemory,
  agentParameters,
  type JsonValue,
  readPrompt,
} from '@baton/gateway/api';
import type { z } from 'zod';
import { type ContentPath, isObject, problemsAt, valueAt } from '../../platform/contentPath.ts';
import type { ContentProblem } from '../../platform/textDocument.ts';
import { dollars, time } from '../../ui/quantities.ts';
import { quantityAt } from './agentFigures.ts';

type Issue = z.core.$ZodIssue;

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
  tasks?: readonly string[] | undefined;
  policies?: readonly string[] | undefined;
}

/**
 * What the gateway would refuse, in the words of the editor, and what would not do what it seems to: braces nobody fills.
 */
export function checkAgent(content: JsonValue, known: Known): ContentProblem[] {
  const problems = problemsOf(agentContent, content, 'agent');
  checkNames(content, [], agentContent.shape, problems);
  for (const [part, { shape }] of Object.entries({
    parameters: agentParameters,
    memory: agentMemory,
    context: agentContext,
    limits: agentLimits,
  }))
    checkNames(valueAt(content, [part]), [part], shape, problems);
  checkFallbacks(content, known, problems);
  checkReference(content, ['provider'], 'a provider', known.providers, problems);
  checkReference(content, ['guardrails'], 'a policy', known.policies, problems);
  checkReference(content, ['response'], 'a task', known.tasks, problems);
  const tools = valueAt(content, ['tools']);
  if (Array.isArray(tools))
    tools.forEach((_, index) => {
      checkReference(content, ['tools', String(index)], 'a tool', known.tools, problems);
    });
  checkPrompts(content, problems);
  return problems;
}

/** What a schema of the contract says of a content, in the words of the editor. */
export function problemsOf(schema: z.ZodType, content: JsonValue, kind: string): ContentProblem[] {
  return (schema.safeParse(content).error?.issues ?? []).map((issue) => {
    const path = issue.path.map(String);
    return {
      severity: 'error',
      path,
      code: `${kind}(${path.at(-1) ?? 'object'})`,
      message: wordsFor(issue, valueAt(content, path), path),
    };
  });
}

/** Members of a content that fits its schema but would come out of it without them. */
export function unknownIn(schema: z.ZodType, content: JsonValue, kind: string): ContentProblem[] {
  const parsed = schema.safeParse(content);
  const walk = (given: JsonValue, taken: unknown, path: ContentPath): ContentProblem[] => {
    if (typeof given !== 'object' || typeof taken !== 'object' || given === null || taken === null) return [];
    return Object.entries(given).flatMap(([name, value]) =>
      Object.hasOwn(taken, name)
        ? walk(value, (taken as Record<string, unknown>)[name], [...path, name])
        : [
            {
              severity: 'error',
              path: [...path, name],
              code: `${kind}(unknown)`,
              message: `Expected names that are known here, but found ${name}.`,
            },
          ],
    );
  };
  return parsed.success ? walk(content, parsed.data, []) : [];
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

/** The gateway publishes no agent that names what is not there. */
function checkReference(
  content: JsonValue,
  path: ContentPath,
  what: string,
  known: readonly string[] | undefined,
  problems: ContentProblem[],
) {
  const name = valueAt(content, path);
  if (typeof name !== 'string' || !known || known.includes(name)) return;
  if (problemsAt(problems, path).length > 0) return;
  problems.push({
    severity: 'error',
    path,
    code: `agent(${path[0]})`,
    message: `Expected ${what} of this tenant, but there is none named ${name}.`,
  });
}

/** Each of them exists, and none is asked in vain: what has failed once would be asked again. */
function checkFallbacks(content: JsonValue, known: Known, problems: ContentProblem[]): void {
  const chain = valueAt(content, ['fallbacks']);
  if (!Array.isArray(chain)) return;
  const named = (path: ContentPath) =>
    ['provider', 'model'].map((member) => valueAt(content, [...path, member])).join('/');
  const before = [named([])];
  chain.forEach((choice, index) => {
    const path = ['fallbacks', String(index)];
    checkNames(choice, path, fallbackNames, problems);
    checkReference(content, [...path, 'provider'], 'a provider', known.providers, problems);
    const same = before.indexOf(named(path));
    if (same >= 0)
      problems.push({
        severity: 'warning',
        path,
        code: 'agent(fallbacks)',
        message: `Expected a model that is not asked before, but fallback ${index + 1} is the same as ${same === 0 ? 'the first model' : `fallback ${same}`}.`,
      });
    before.push(named(path));
  });
}

/** Braces the engine does not fill stay in the prompt as they are. */
function checkPrompts(content: JsonValue, problems: ContentProblem[]): void {
  for (const field of ['systemPrompt', 'userPrompt']) {
    const text = valueAt(content, [field]);
    if (typeof text !== 'string') continue;
    for (const { code, message } of readPrompt(text).problems)
      problems.push({ severity: 'warning', path: [field], code, message: `${message}.` });
  }
}

/** The words for each kind of refusal; the figures come from the contract itself, in the unit the field shows. */
function wordsFor(issue: Issue, value: JsonValue | undefined, path: ContentPath): string {
  const quantity = quantityAt(path);
  const shown = (bound: number | bigint) =>
    quantity ? quantity.show(Number(bound)) : bound.toLocaleString('en');
  const found =
    value === undefined
      ? 'it is missing'
      : `it is ${quantity && typeof value === 'number' ? quantity.show(value) : wordFor(value)}`;
  const what = quantity === time ? 'a time' : quantity === dollars ? 'an amount' : 'a number';
  switch (issue.code) {
    case 'invalid_type':
      if (quantity === time && value !== undefined)
        return `Expected a time, 2 min in the form or 120000 (ms) in YAML, but ${found}.`;
      return `Expected ${typeWords[issue.expected] ?? issue.expected}, but ${found}.`;
    case 'invalid_value':
      return `Expected one of ${issue.values.join(', ')}, but ${found}.`;
    case 'invalid_union':
      if (path[0] !== 'response') return `Expected a kind that is known, but ${found}.`;
      return `Expected the name of a task or a JSON Schema, but ${found}.`;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1
          ? 'Expected a text, but it is empty.'
          : `Expected at least ${issue.minimum} characters, but ${found}.`;
      if (issue.origin === 'array') return `Expected at least ${shown(issue.minimum)}, but there are none.`;
      return `Expected ${what} from ${shown(issue.minimum)}, but ${found}.`;
    case 'too_big':
      if (issue.origin === 'string')
        return `Expected at most ${shown(issue.maximum)} characters, but there are ${shown(String(value).length)}.`;
      if (issue.origin === 'array')
        return `Expected at most ${shown(issue.maximum)}, but there are ${shown((value as JsonValue[]).length)}.`;
      return `Expected ${what} up to ${shown(issue.maximum)}, but ${found}.`;
    case 'invalid_format':
      if (path.at(-1) === 'provider') return `Expected the name of a provider, but ${found}.`;
      if (path[0] === 'memory') return `Expected an ISO 8601 duration such as P30D, but ${found}.`;
      return `Expected a name of 1 to 63 lower-case letters, digits and -, but ${found}.`;
    case 'custom':
      return `${issue.message}.`;
    default:
      return `Expected another value, but ${found}.`;
  }
}

const fallbackNames = agentContent.shape.fallbacks.unwrap().element.shape;

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'names with values',
};

function wordFor(value: JsonValue): string {
  if (value === null || value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : String(value);
  return text.length > 40 ? 'a text' : typeof value === 'string' ? JSON.stringify(text) : text;
}
