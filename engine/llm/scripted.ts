import {
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type RequestMatch,
  type Result,
  type Scenario,
  type Script,
  type ScriptStep,
  type ScriptToolCall,
} from '@baton/engine/protocol';
import type {
  HearText,
  ModelFailure,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelResponse,
} from './provider.ts';
import { tokensIn } from './tokens.ts';
import { valuesIn } from './valuesIn.ts';

export interface ScriptedOptions {
  /** As agents call it. */
  name: string;
  scenario: Scenario;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * A model whose answers a scenario tells. What it answers depends on the request alone, so that runs at once, a crash and a restart
 * change nothing; only how often the same request has met a fault is counted, here.
 */
export function createScriptedProvider({ name, scenario, wait }: ScriptedOptions): ModelProvider {
  const met = faultsMet();
  return {
    name,
    async generate(request, signal, heard) {
      const found = stepFor(scenario, request, met);
      if (!found.ok) return found;
      const { script, step, place } = found.value;
      await wait(step.delay ?? 0, signal);
      if (step.hangs) await aborted(signal);
      const { failure } = step;
      if (failure && !signal.aborted) return failed(failureOf(failure, script));
      const said = signal.aborted ? undefined : answerOf(step, request, place);
      if (said?.ok === false) return said;
      if (said && heard) await speak(said.value.pieces, step.pace ?? 0, { wait, signal, heard });
      if (!said || signal.aborted) {
        return failed({
          code: 'MODEL_TIMEOUT',
          message: `Expected the scripted model '${name}' to answer in time, but it did not`,
          retryable: true,
        });
      }
      if (step.breaksOff) {
        return failed({
          code: 'MODEL_UNAVAILABLE',
          message: `Expected an answer from the scripted model '${name}', but: its answer ended half-way`,
          retryable: true,
        });
      }
      return ok(said.value.response);
    },
  };
}

interface Found {
  script: string;
  step: ScriptStep;
  /** 1-based turn of the conversation. */
  place: number;
}

function stepFor({ scripts }: Scenario, request: ModelRequest, met: FaultsMet): Result<Found, ModelFailure> {
  const script = scripts.find(({ when }) => fits(when, request));
  const place = turnOf(request.messages);
  if (script) {
    const called = script.name ?? `script ${scripts.indexOf(script) + 1}`;
    for (const step of candidates(script, request)) {
      if (isFault(step) && !met.again(request, step)) continue;
      if (!isFault(step)) met.forget(request);
      return ok({ script: called, step, place });
    }
  }
  const said = request.messages.at(-1)?.text.slice(0, 200) ?? '';
  const what = script ? `a step of '${script.name ?? scripts.indexOf(script) + 1}'` : 'a script';
  return failed({
    code: 'MODEL_REFUSED',
    message: `Expected ${what} in the scenario for turn ${place} ('${said}'), but none fits`,
    retryable: false,
  });
}

/** Steps that may tell the answer, the first one first. */
function* candidates(script: Script, request: ModelRequest): Iterable<ScriptStep> {
  for (const step of script.steps) if (step.when && fits(step.when, request)) yield step;
  const ordered = script.steps.filter(({ when }) => !when);
  let answersBefore = spokenInOrder(script, request);
  for (const step of ordered) {
    if (answersBefore === 0) yield step;
    if (!isFault(step)) answersBefore -= 1;
    if (answersBefore < 0) return;
  }
}

/** Turns so far that no step with `when` had answered. */
function spokenInOrder({ steps }: Script, request: ModelRequest): number {
  const { messages } = request;
  return messages.filter(
    ({ role }, index) =>
      role === 'assistant' &&
      !steps.some(
        (step) =>
          step.when && !isFault(step) && fits(step.when, { ...request, messages: messages.slice(0, index) }),
      ),
  ).length;
}

const isFault = ({ failure, hangs, breaksOff }: ScriptStep): boolean =>
  Boolean(failure || hangs || breaksOff);

const turnOf = (messages: readonly ModelMessage[]): number =>
  messages.filter(({ role }) => role === 'assistant').length + 1;

function fits(match: RequestMatch | undefined, { messages, tools, model, responseSchema }: ModelRequest) {
  if (!match) return true;
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  const results = since.map((message) => (message.role === 'tool' ? message.toolName : ''));
  const says = (texts: readonly string[]) => (wanted: string) =>
    texts.some((text) => text.toLowerCase().includes(wanted.toLowerCase()));
  return (
    each(match.contains).every(says(messages.map(({ text }) => text))) &&
    each(match.last).every(says([messages.at(-1)?.text ?? ''])) &&
    each(match.system).every(
      says(messages.filter(({ role }) => role === 'system').map(({ text }) => text)),
    ) &&
    each(match.resultOf).every((tool) => results.includes(tool)) &&
    each(match.offers).every((tool) => tools.some(({ name }) => name === tool)) &&
    (match.model === undefined || match.model === model) &&
    (match.turn === undefined || match.turn === turnOf(messages)) &&
    (match.schema === undefined || match.schema === (responseSchema !== undefined))
  );
}

const each = (given: string | string[] | undefined): string[] =>
  given === undefined ? [] : typeof given === 'string' ? [given] : given;

interface FaultsMet {
  /** Whether the request meets the fault once more; counts it. */
  again(request: ModelRequest, step: ScriptStep): boolean;
  /** It was answered: who asks the same again meets its faults again. */
  forget(request: ModelRequest): void;
}

/** Requests whose faults are counted; the oldest go first. */
const longestMemory = 1_000;

function faultsMet(): FaultsMet {
  const byRequest = new Map<string, Map<ScriptStep, number>>();
  return {
    again(request, step) {
      const { times = step.when ? 'always' : 1 } = step;
      if (times === 'always') return true;
      const key = JSON.stringify(request);
      const counts = byRequest.get(key) ?? new Map<ScriptStep, number>();
      const count = counts.get(step) ?? 0;
      if (count >= times) return false;
      counts.set(step, count + 1);
      byRequest.set(key, counts);
      const [oldest] = byRequest.keys();
      if (byRequest.size > longestMemory && oldest !== undefined) byRequest.delete(oldest);
      return true;
    },
    forget(request) {
      if (byRequest.size > 0) byRequest.delete(JSON.stringify(request));
    },
  };
}

function failureOf(
  { code = 'MODEL_UNAVAILABLE', message, retryAfter }: NonNullable<ScriptStep['failure']>,
  script: string,
): ModelFailure {
  return {
    code,
    message: message ?? `Expected an answer from the scripted model, but '${script}' lets it fail here`,
    retryable: code !== 'MODEL_REFUSED',
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function answerOf(
  { text, json, toolCalls = [], finish = 'stop', usage }: ScriptStep,
  request: ModelRequest,
  place: number,
): Result<{ response: ModelResponse; pieces: string[] }, ModelFailure> {
  const { messages } = request;
  const missing: string[] = [];
  const filled = filler(valuesIn(messages.map(({ text }) => text)), missing);
  const said = json === undefined ? text : JSON.stringify(filled(json));
  const pieces =
    said === undefined
      ? []
      : Array.isArray(said)
        ? said.map((piece) => String(filled(piece)))
        : wordsOf(json === undefined ? textOf(filled(said)) : said);
  const calls = toolCalls.flatMap(repeated).map(({ name, arguments: given = {} }, index) => ({
    id: `call-${place}-${index + 1}`,
    name,
    arguments: filled(given) as JsonObject,
  }));
  if (missing.length > 0) {
    return failed({
      code: 'MODEL_REFUSED',
      message: `Expected '${missing[0]}' in the JSON of some message for the scenario's {{${missing[0]}}}, but there is none`,
      retryable: false,
    });
  }
  const whole = pieces.join('');
  const written = whole.length + calls.reduce((sum, call) => sum + JSON.stringify(call.arguments).length, 0);
  const asked = messages.reduce((sum, { text }) => sum + text.length, 0);
  const response: ModelResponse = {
    text: whole,
    toolCalls: calls,
    finish: calls.length > 0 ? 'toolCalls' : finish,
    inputTokens: usage?.input ?? tokensIn(asked),
    ...(usage?.cached !== undefined && { cachedInputTokens: usage.cached }),
    outputTokens: usage?.output ?? tokensIn(written),
    ...(usage?.reasoning !== undefined && { reasoningTokens: usage.reasoning }),
  };
  return ok({ response, pieces });
}

const repeated = (call: ScriptToolCall): ScriptToolCall[] =>
  Array.from({ length: call.repeat ?? 1 }, () => call);

const wordsOf = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Puts values in the place of `{{name}}`; a text that is nothing else becomes the value itself. */
function filler(values: ReadonlyMap<string, JsonValue>, missing: string[]) {
  const named = (name: string): JsonValue => {
    const value = values.get(name);
    if (value === undefined) missing.push(name);
    return value ?? null;
  };
  const filled = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') {
      const whole = /^\{\{\s*([\w-]+)\s*\}\}$/.exec(value)?.[1];
      if (whole !== undefined) return named(whole);
      return value.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (_, name: string) => textOf(named(name)));
    }
    if (Array.isArray(value)) return value.map(filled);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
  };
  return filled;
}

async function speak(
  pieces: readonly string[],
  pace: number,
  { wait, signal, heard }: { wait: ScriptedOptions['wait']; signal: AbortSignal; heard: HearText },
): Promise<void> {
  for (const piece of pieces) {
    if (pace > 0) await wait(pace, signal);
    if (signal.aborted) return;
    heard({ text: piece });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
