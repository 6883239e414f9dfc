import { failed, type JsonObject, type JsonValue, ok } from '@baton/engine/protocol';
import type { JsonSchema } from '@baton/tools-registry/contract';
import type {
  HearText,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelTool,
} from './provider.ts';
import { tokensIn } from './tokens.ts';
import { valuesIn } from './valuesIn.ts';

const MAX_TEXT = 10_000;

interface Reading {
  /** What the last user message and the tool results say, as text. */
  text: string;
  words: Set<string>;
  /** Values found in JSON inside those messages, by property name. */
  values: Map<string, JsonValue>;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

function read(messages: readonly ModelMessage[]): Reading {
  const heard = messages.filter(({ role }) => role === 'user' || role === 'tool').map(({ text }) => text);
  const text = heard.join('\n').slice(0, MAX_TEXT);
  return { text, words: new Set(wordsOf(text)), values: valuesIn(heard) };
}

function overlap(description: string, words: ReadonlySet<string>): number {
  return wordsOf(description).filter((word) => words.has(word)).length;
}

interface Choice {
  value: JsonValue;
  description: string;
}

function choicesOf(schema: JsonSchema): Choice[] | undefined {
  const variants = (schema.oneOf ?? schema.anyOf) as JsonSchema[] | undefined;
  if (variants?.every((variant) => 'const' in variant)) {
    return variants.map((variant) => ({
      value: variant.const as JsonValue,
      description: `${String(variant.const)} ${String(variant.description ?? '')}`,
    }));
  }
  const values = schema.enum as JsonValue[] | undefined;
  return values?.map((value) => ({ value, description: String(value) }));
}

function choose(choices: Choice[], fallback: JsonValue | undefined, reading: Reading): JsonValue {
  let best: Choice | undefined;
  let bestScore = 0;
  for (const choice of choices) {
    const score = overlap(choice.description, reading.words);
    if (score > bestScore) {
      best = choice;
      bestScore = score;
    }
  }
  return best?.value ?? fallback ?? choices[0]?.value ?? null;
}

/** Fills `{{name}}` from what was read, so that an example in a schema becomes an answer about this input. */
function fill(template: string, reading: Reading): string {
  return template.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => {
    const value = reading.values.get(name);
    if (value === undefined || value === null) return whole.replace(/[{}]/g, '');
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function firstSentence(text: string): string {
  return (text.match(/^[^.!?\n]{1,200}[.!?]?/)?.[0] ?? '').trim();
}

function textFor(name: string, schema: JsonSchema, reading: Reading): string {
  if (typeof schema.pattern === 'string') {
    // Anchors speak of the whole value; here the value is looked for inside a text.
    const inside = schema.pattern.replace(/^\^/, '').replace(/\$$/, '');
    const found = [...reading.text.matchAll(new RegExp(inside, 'gu'))].find(([match]) => match !== '');
    return found?.[0] ?? String(schema.default ?? '');
  }
  const examples = schema.examples as JsonValue[] | undefined;
  const template = examples?.find((example) => typeof example === 'string');
  if (typeof template === 'string') return fill(template, reading);
  const known = reading.values.get(name);
  if (typeof known === 'string') return known;
  if (typeof schema.default === 'string') return schema.default;
  const said = [...reading.values.values()].find((value) => typeof value === 'string' && value.includes(' '));
  return firstSentence(typeof said === 'string' ? said : reading.text);
}

function numberFor(name: string, schema: JsonSchema, reading: Reading): number {
  const known = reading.values.get(name);
  const minimum = typeof schema.minimum === 'number' ? schema.minimum : undefined;
  const maximum = typeof schema.maximum === 'number' ? schema.maximum : undefined;
  const found = typeof known === 'number' ? known : Number(reading.text.match(/-?\d+(?:\.\d+)?/)?.[0] ?? 0);
  const bounded = Math.min(maximum ?? found, Math.max(minimum ?? found, found));
  return schema.type === 'integer' ? Math.trunc(bounded) : bounded;
}

function valueFor(name: string, schema: JsonSchema, reading: Reading): JsonValue {
  if ('const' in schema) return schema.const as JsonValue;
  const choices = choicesOf(schema);
  if (choices) return choose(choices, schema.default as JsonValue | undefined, reading);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return textFor(name, schema, reading);
    case 'number':
    case 'integer':
      return numberFor(name, schema, reading);
    case 'boolean': {
      const known = reading.values.get(name);
      if (typeof known === 'boolean') return known;
      return overlap(`${name} ${String(schema.description ?? '')}`, reading.words) > 0;
    }
    case 'array': {
      const known = reading.values.get(name);
      if (Array.isArray(known)) return known;
      return schema.items ? [valueFor(name, schema.items as JsonSchema, reading)] : [];
    }
    case 'null':
      return null;
    default:
      return objectFor(schema, reading);
  }
}

function objectFor(schema: JsonSchema, reading: Reading): JsonObject {
  const properties = (schema.properties ?? {}) as { [name: string]: JsonSchema };
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, valueFor(name, inner, reading)]),
  );
}

/** A tool is called when the text speaks of it and every required argument can be found. */
function callFor(tool: ModelTool, reading: Reading): JsonObject | undefined {
  if (overlap(`${tool.name.replaceAll('-', ' ')} ${tool.description}`, reading.words) === 0) return undefined;
  const argumentsFound = objectFor(tool.parameters, reading);
  const required = (tool.parameters.required ?? []) as string[];
  const complete = required.every((name) => argumentsFound[name] !== '' && argumentsFound[name] !== null);
  return complete ? argumentsFound : undefined;
}

function answer(request: ModelRequest): Pick<ModelResponse, 'text' | 'toolCalls' | 'finish'> {
  const reading = read(request.messages);
  const askedAlready = request.messages.some(({ role }) => role === 'tool');
  if (!askedAlready) {
    const toolCalls = request.tools.flatMap((tool, index) => {
      const found = callFor(tool, reading);
      return found ? [{ id: `call-${index + 1}`, name: tool.name, arguments: found }] : [];
    });
    if (toolCalls.length > 0) return { text: '', toolCalls, finish: 'toolCalls' };
  }
  const text = request.responseSchema
    ? JSON.stringify(valueFor('answer', request.responseSchema, reading))
    : `I read: ${firstSentence(reading.text)}`;
  return { text, toolCalls: [], finish: 'stop' };
}

export interface MockOptions {
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** ms an answer takes. */
  latency: number;
}

/** Half of the time it thinks, the other half it speaks. */
async function speak(
  text: string,
  options: MockOptions,
  signal: AbortSignal,
  heard: HearText,
): Promise<void> {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  for (const word of words) {
    await options.wait(options.latency / 2 / words.length, signal);
    if (signal.aborted) return;
    heard({ text: word });
  }
}

/**
 * A model without a model: the same request always gets the same answer. It reads the user's text and the answer's schema:
 * it chooses the variant whose description shares most words with the text, finds patterns in it, fills examples from it.
 */
export function createMockProvider(options: MockOptions): ModelProvider {
  return {
    name: 'mock',
    async generate(request, signal, heard) {
      await options.wait(heard ? options.latency / 2 : options.latency, signal);
      const said = answer(request);
      if (heard) await speak(said.text, options, signal, heard);
      if (signal.aborted) {
        return failed({
          code: 'MODEL_TIMEOUT',
          message: 'Expected the mock model to be waited for, but it was not',
          retryable: true,
        });
      }
      const output = said.text + said.toolCalls.map((call) => JSON.stringify(call.arguments)).join('');
      return ok({
        ...said,
        inputTokens: tokensIn(request.messages.map(({ text }) => text).join('\n').length),
        outputTokens: tokensIn(output.length),
      });
    },
  };
}
