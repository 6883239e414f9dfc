import { failed, ok, type Result } from '@baton/engine/protocol';
import { type JsonValue, type ToolContent, type ToolProblem, toolContent } from '@baton/gateway/api';
import { type ContentPath, isObject, pathKey, placeAt } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import type { Severity } from '../../platform/problems.ts';
import { contentOfDraft, type DraftField, type ToolDraft } from './toolDraft.ts';

/** What is wrong with a draft, or would not do what it seems to. */
export interface DraftProblem {
  severity: Severity;
  field: DraftField;
  /** Where it is in the content. */
  path: ContentPath;
  code: string;
  /** "Expected …, but …" */
  message: string;
  /** In the text of the field; 1-based. */
  line?: number;
  column?: number;
}

/** Where each field stands in the content. */
const places: { readonly [F in DraftField]: ContentPath } = {
  description: ['description'],
  tags: ['tags'],
  source: ['source'],
  input: ['input'],
  output: ['output'],
  sideEffect: ['sideEffect'],
  egress: ['egress'],
  approval: ['approval'],
  approvalWhen: ['approval', 'when'],
  network: ['capabilities', 'network'],
  secrets: ['capabilities', 'secrets'],
  connections: ['capabilities', 'connections'],
  models: ['capabilities', 'models'],
  files: ['capabilities', 'files'],
  state: ['capabilities', 'memory'],
  questions: ['capabilities', 'questions'],
  samples: ['samples'],
  timeout: ['limits', 'timeout'],
  memory: ['limits', 'memory'],
};

/** What a field is called where its problems are listed. */
export const fieldNames: { readonly [F in DraftField]: string } = {
  description: 'Description',
  tags: 'Tags',
  source: 'Source',
  input: 'Input schema',
  output: 'Output schema',
  sideEffect: 'Side effect',
  egress: 'Sends data out',
  approval: 'Approval',
  approvalWhen: 'Approval when',
  network: 'Hosts',
  secrets: 'Secrets',
  connections: 'Connections',
  models: 'Models',
  files: 'Files of the run',
  state: 'Kept values',
  questions: 'Questions',
  samples: 'Tests',
  timeout: 'Timeout',
  memory: 'Memory',
};

/** Where the author types what is at this place of the content; of a group of fields the first. */
export function fieldAt(path: ContentPath): DraftField {
  const at = `${pathKey(path)}/`;
  const fields = Object.keys(places) as DraftField[];
  const inside = fields.filter((field) => at.startsWith(`${pathKey(places[field])}/`));
  const longest = inside.sort((one, other) => places[other].length - places[one].length)[0];
  return longest ?? fields.find((field) => places[field][0] === path[0]) ?? 'source';
}

/** Content that may be saved, or everything that is in its way, in the order of the fields. */
export function readDraft(draft: ToolDraft): Result<ToolContent, readonly DraftProblem[]> {
  const problems: DraftProblem[] = [];
  const expect = (field: DraftField, holds: boolean, message: string, place?: Partial<DraftProblem>) => {
    if (holds) return;
    const path = places[field];
    problems.push({ severity: 'error', field, path, code: `tool(${field})`, message, ...place });
  };
  expect('description', draft.description.trim() !== '', 'Expected a description, but it is empty.');
  expect('source', draft.source.trim() !== '', 'Expected a TypeScript module, but the source is empty.');
  const json = (
    field: 'input' | 'output' | 'samples',
    holds: (value: JsonValue) => boolean,
    what: string,
  ) => {
    const read = readJson(draft[field]);
    if (!read.ok) {
      const { line, column, message } = read.failure;
      expect(field, false, message, { line, column });
    } else expect(field, holds(read.value.value), `Expected ${what}, but it is ${shortly(draft[field])}.`);
  };
  json('input', isObject, 'an object with a JSON Schema');
  json('output', isObject, 'an object with a JSON Schema');
  json('samples', Array.isArray, 'a list of inputs in [ ]');
  const parsed = toolContent.safeParse(contentOfDraft(draft));
  const wrong = (limit: string) =>
    !parsed.success && parsed.error.issues.some(({ path }) => path[0] === 'limits' && path[1] === limit);
  expect('timeout', !wrong('timeout'), `Expected 0.01 to 60 seconds, but it is ${said(draft.timeout)}.`);
  expect('memory', !wrong('memory'), `Expected 1 to 256 megabytes, but it is ${said(draft.memory)}.`);
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String);
      const field = fieldAt(path);
      if (!problems.some((known) => known.field === field))
        expect(field, false, sentence(issue.message), { path });
    }
  return problems.length === 0 && parsed.success ? ok(parsed.data) : failed(problems);
}

/** What the gateway says of a draft, at the fields and lines it is about. */
export function toldProblem(
  { severity, path, code, message, line, column }: ToolProblem,
  draft: ToolDraft,
): DraftProblem {
  const field = fieldAt(path);
  const problem = { severity, field, path, code, message };
  if (line !== undefined) return { ...problem, line, ...(column !== undefined && { column }) };
  if (field !== 'input' && field !== 'output' && field !== 'samples') return problem;
  const read = readJson(draft[field]);
  const place = read.ok ? placeAt(read.value.places, path.slice(1)) : undefined;
  return { ...problem, line: place?.line ?? 1, ...(place && { column: place.column }) };
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function shortly(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 40 ? `${trimmed.slice(0, 40)} …` : trimmed;
}

function said(text: string): string {
  return text.trim() === '' ? 'empty' : text;
}
