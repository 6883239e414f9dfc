import type { JsonValue, ToolContent } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import type { Content } from '../../platform/versionedCalls.ts';

/** A tool as its author types it: schemas are texts, limits are in the units people say. */
export interface ToolDraft {
  description: string;
  tags: readonly string[];
  source: string;
  input: string;
  output: string;
  sideEffect: boolean;
  egress: boolean;
  approval: 'never' | 'always' | 'when';
  /** FEEL, for `when`. */
  approvalWhen: string;
  network: readonly string[];
  secrets: readonly string[];
  connections: readonly string[];
  /** Names of providers. */
  models: readonly string[];
  files: boolean;
  state: boolean;
  questions: boolean;
  /** JSON: inputs to try it with, each with a name, and what is expected of it. */
  samples: string;
  /** Seconds. */
  timeout: string;
  /** Megabytes. */
  memory: string;
}

export type DraftField = keyof ToolDraft;
/** The fields that are several names. */
export type NamesField = {
  [F in DraftField]: ToolDraft[F] extends readonly string[] ? F : never;
}[DraftField];

export const perSecond = 1000;
export const perMegabyte = 1_000_000;

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
  const names = (value: JsonValue | undefined) => (Array.isArray(value) ? value.map(String) : []);
  const limit = (value: JsonValue | undefined, unit: number, usual: string) =>
    typeof value === 'number' ? String(value / unit) : typeof value === 'string' ? value : usual;
  return {
    description: word(content.description),
    tags: names(content.tags),
    source: word(content.source),
    input: schema(content.input),
    output: schema(content.output),
    sideEffect: content.sideEffect === true,
    egress: content.egress === true,
    approval: approval === 'always' ? 'always' : isObject(approval) ? 'when' : 'never',
    approvalWhen: word(objectOf(approval).when),
    network: names(capabilities.network),
    secrets: names(capabilities.secrets),
    connections: names(capabilities.connections),
    models: names(capabilities.models),
    files: capabilities.files === true,
    state: capabilities.memory === true,
    questions: capabilities.questions === true,
    samples: schema(content.samples ?? []),
    timeout: limit(limits.timeout, perSecond, '5'),
    memory: limit(limits.memory, perMegabyte, '32'),
  };
}

function objectOf(value: JsonValue | undefined): Content {
  return isObject(value) ? value : {};
}

/** What a draft declares, as the API has it. */
export function declaredBy(draft: Omit<ToolDraft, 'source'>): ToolContent['capabilities'] {
  const { network, secrets, connections, models, files, state, questions } = draft;
  return {
    network: [...network],
    secrets: [...secrets],
    connections: [...connections],
    models: [...models],
    files,
    memory: state,
    questions,
  };
}

/** A draft is asked for its content by what keeps it, what checks it and what runs it: it is made once. */
const contents = new WeakMap<ToolDraft, Content>();

/** What is kept of a draft, complete or not; what cannot be read yet stays as it was typed. */
export function contentOfDraft(draft: ToolDraft): Content {
  const known = contents.get(draft);
  if (known) return known;
  const made = contentFrom(draft);
  contents.set(draft, made);
  return made;
}

function contentFrom(draft: ToolDraft): Content {
  const schema = (text: string): JsonValue => {
    const read = readJson(text);
    return read.ok && isObject(read.value.value) ? read.value.value : text;
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
    tags: [...draft.tags],
    source: draft.source,
    sideEffect: draft.sideEffect,
    egress: draft.egress,
    approval: draft.approval === 'when' ? { when: draft.approvalWhen } : draft.approval,
    capabilities: declaredBy(draft),
    limits: { timeout: limit(draft.timeout, perSecond), memory: limit(draft.memory, perMegabyte) },
    samples: samples.ok && Array.isArray(samples.value.value) ? samples.value.value : draft.samples,
  };
}

export function sameDraft(one: ToolDraft, other: ToolDraft): boolean {
  return (Object.keys(one) as DraftField[]).every((field) => sameField(one[field], other[field]));
}

export function sameField(one: ToolDraft[DraftField], other: ToolDraft[DraftField]): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}

/** A draft out of a text kept in the browser, or nothing if it is not one. */
export function draftFromBackup(text: string | undefined, shape: ToolDraft): ToolDraft | undefined {
  const read = text === undefined ? undefined : readJson(text);
  if (!read?.ok || !isObject(read.value.value)) return undefined;
  const kept = read.value.value;
  const fits = Object.entries(shape).every(
    ([field, value]) =>
      typeof kept[field] === typeof value && Array.isArray(kept[field]) === Array.isArray(value),
  );
  return fits ? (kept as unknown as ToolDraft) : undefined;
}
