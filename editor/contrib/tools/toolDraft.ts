import { failed, ok, type Result } from '@baton/engine/protocol';
import { type JsonValue, type ToolContent, toolContent } from '@baton/gateway/api';
import type { Content } from '../../platform/versionedCalls.ts';

/** A tool as its author types it: schemas are texts, limits are in the units people say. */
export interface ToolDraft {
  description: string;
  /** Separated by commas. */
  tags: string;
  source: string;
  input: string;
  output: string;
  sideEffect: boolean;
  egress: boolean;
  approval: 'never' | 'always' | 'when';
  /** FEEL, for `when`. */
  approvalWhen: string;
  /** Hosts and names of secrets, separated by spaces, commas or line breaks. */
  network: string;
  secrets: string;
  files: boolean;
  state: boolean;
  /** JSON: inputs to try it with, each with a name, and what is expected of it. */
  samples: string;
  /** Seconds. */
  timeout: string;
  /** Megabytes. */
  memory: string;
}

export type DraftField = keyof ToolDraft;

/** What keeps a draft from being saved or run. */
export interface DraftProblem {
  field: DraftField;
  /** "Expected …, but …" */
  message: string;
}

const perSecond = 1000;
const perMegabyte = 1_000_000;

export function textOf(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** A content as its author sees it, complete or not: a schema that is no JSON is kept as it was typed. */
export function draftOf(content: Content): ToolDraft {
  const { approval } = content;
  const capabilities = objectOf(content.capabilities);
  const limits = objectOf(content.limits);
  const word = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');
  const schema = (value: JsonValue | undefined) =>
    typeof value === 'string' ? value : value === undefined ? '' : textOf(value);
  const words = (value: JsonValue | undefined) => (Array.isArray(value) ? value.join(' ') : word(value));
  const limit = (value: JsonValue | undefined, unit: number, usual: string) =>
    typeof value === 'number' ? String(value / unit) : typeof value === 'string' ? value : usual;
  return {
    description: word(content.description),
    tags: Array.isArray(content.tags) ? content.tags.join(', ') : word(content.tags),
    source: word(content.source),
    input: schema(content.input),
    output: schema(content.output),
    sideEffect: content.sideEffect === true,
    egress: content.egress === true,
    approval: approval === 'always' ? 'always' : isObject(approval) ? 'when' : 'never',
    approvalWhen: word(objectOf(approval).when),
    network: words(capabilities.network),
    secrets: words(capabilities.secrets),
    files: capabilities.files === true,
    state: capabilities.memory === true,
    samples: schema(content.samples ?? []),
    timeout: limit(limits.timeout, perSecond, '5'),
    memory: limit(limits.memory, perMegabyte, '32'),
  };
}

function objectOf(value: JsonValue | undefined): Content {
  return isObject(value) ? value : {};
}

/** What is kept of a draft, complete or not; what cannot be read yet stays as it was typed. */
export function contentOfDraft(draft: ToolDraft): Content {
  const schema = (text: string): JsonValue => {
    const read = readJson(text);
    return read.ok && isObject(read.value) ? read.value : text;
  };
  const limit = (text: string, unit: number): JsonValue => {
    const figure = Math.round(Number(text) * unit);
    return text.trim() !== '' && Number.isFinite(figure) ? figure : text;
  };
  const samples = readJson(draft.samples);
  return {
    description: draft.description,
    input: schema(draft.input),
    output: schema(draft.output),
    tags: tagsOf(draft.tags),
    source: draft.source,
    sideEffect: draft.sideEffect,
    egress: draft.egress,
    approval: draft.approval === 'when' ? { when: draft.approvalWhen } : draft.approval,
    capabilities: {
      ...blankTool.capabilities,
      network: wordsOf(draft.network),
      secrets: wordsOf(draft.secrets),
      files: draft.files,
      memory: draft.state,
    },
    limits: { timeout: limit(draft.timeout, perSecond), memory: limit(draft.memory, perMegabyte) },
    samples: samples.ok && Array.isArray(samples.value) ? samples.value : draft.samples,
  };
}

export function sameDraft(one: ToolDraft, other: ToolDraft): boolean {
  return (Object.keys(one) as DraftField[]).every((field) => one[field] === other[field]);
}

/** A draft out of a text kept in the browser, or nothing if it is not one. */
export function draftFromBackup(text: string | undefined, shape: ToolDraft): ToolDraft | undefined {
  const read = text === undefined ? undefined : readJson(text);
  if (!read?.ok || !isObject(read.value)) return undefined;
  const kept = read.value;
  const fits = Object.entries(shape).every(([field, value]) => typeof kept[field] === typeof value);
  return fits ? (kept as unknown as ToolDraft) : undefined;
}

/** What is between spaces, commas and line breaks, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}

/** What is between commas, each once. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);
}

export function readJson(text: string): Result<JsonValue, string> {
  try {
    return ok(JSON.parse(text) as JsonValue);
  } catch (error) {
    return failed(`Expected JSON, but: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The content to save, or everything that is in its way, in the order of the fields. */
export function readDraft(draft: ToolDraft): Result<ToolContent, readonly DraftProblem[]> {
  const problems: DraftProblem[] = [];
  const expect = (field: DraftField, holds: boolean, message: string) => {
    if (!holds) problems.push({ field, message });
  };
  expect('description', draft.description.trim() !== '', 'Expected a description, but it is empty.');
  expect('source', draft.source.trim() !== '', 'Expected a TypeScript module, but the source is empty.');
  const schema = (field: 'input' | 'output') => {
    const read = readJson(draft[field]);
    if (!read.ok) expect(field, false, read.failure);
    else if (isObject(read.value)) return read.value;
    else expect(field, false, `Expected an object with a JSON Schema, but it is ${draft[field].trim()}.`);
    return {};
  };
  const samples = readJson(draft.samples);
  if (!samples.ok) expect('samples', false, samples.failure);
  const content: ToolContent = {
    description: draft.description,
    source: draft.source,
    tags: tagsOf(draft.tags),
    input: schema('input'),
    output: schema('output'),
    sideEffect: draft.sideEffect,
    egress: draft.egress,
    approval: draft.approval === 'when' ? { when: draft.approvalWhen } : draft.approval,
    capabilities: {
      ...blankTool.capabilities,
      network: wordsOf(draft.network),
      secrets: wordsOf(draft.secrets),
      files: draft.files,
      memory: draft.state,
    },
    limits: {
      timeout: Math.round(Number(draft.timeout) * perSecond),
      memory: Math.round(Number(draft.memory) * perMegabyte),
    },
    samples: (samples.ok ? samples.value : []) as ToolContent['samples'],
  };
  const parsed = toolContent.safeParse(content);
  const wrong = (limit: string) =>
    !parsed.success && parsed.error.issues.some(({ path }) => path[0] === 'limits' && path[1] === limit);
  expect('timeout', !wrong('timeout'), `Expected 0.01 to 60 seconds, but it is ${said(draft.timeout)}.`);
  expect('memory', !wrong('memory'), `Expected 1 to 256 megabytes, but it is ${said(draft.memory)}.`);
  if (parsed.success && problems.length === 0) return ok(parsed.data);
  if (problems.length === 0 && !parsed.success)
    for (const { path, message } of parsed.error.issues) problems.push({ field: fieldAt(path), message });
  return failed(problems);
}

/** Where the author types what is at this place of the content. */
function fieldAt([first, second]: readonly PropertyKey[]): DraftField {
  if (first === 'approval') return 'approvalWhen';
  if (first === 'capabilities') return second === 'secrets' ? 'secrets' : 'network';
  return first as DraftField;
}

function said(text: string): string {
  return text.trim() === '' ? 'empty' : text;
}

/** A tool as it is made: it runs, and shows where what goes. */
export const blankTool: ToolContent = {
  description: 'Greets a person by name.',
  input: {
    type: 'object',
    properties: { name: { type: 'string', description: 'Whom to greet', examples: ['Ada'] } },
    required: ['name'],
    additionalProperties: false,
  },
  output: {
    type: 'object',
    properties: { greeting: { type: 'string' } },
    required: ['greeting'],
    additionalProperties: false,
  },
  source: `export default defineTool({
  run({ name }: { name: string }) {
    console.log('greeting', name);
    return { greeting: \`Hello \${name}\` };
  },
});
`,
  tags: [],
  sideEffect: false,
  egress: false,
  approval: 'never',
  capabilities: {
    network: [],
    secrets: [],
    connections: [],
    models: [],
    files: false,
    memory: false,
    questions: false,
  },
  limits: { timeout: 5_000, memory: 32_000_000 },
  samples: [],
};
