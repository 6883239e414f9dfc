import { failed, ok, type Result } from '@baton/engine/protocol';
import type { z } from 'zod';
import { resourceName } from '../../api/common.ts';
import { agentContent } from '../../api/resources/agents.ts';
import { decisionContent } from '../../api/resources/decisions.ts';
import { type DocumentKind, documentKinds } from '../../api/resources/documents.ts';
import { formContent } from '../../api/resources/forms.ts';
import { noteContent } from '../../api/resources/notes.ts';
import { policyContent } from '../../api/resources/policies.ts';
import { promptContent } from '../../api/resources/prompts.ts';
import { taskContent } from '../../api/resources/tasks.ts';
import { toolContent } from '../../api/resources/tools.ts';
import { documentName } from '../../api/resources/versioned.ts';
import { workflowContent } from '../../api/resources/workflows.ts';
import { placeAt, type TextPlace } from '../contentPath.ts';
import { readJson } from '../jsonText.ts';
import type { TextReading } from '../textReading.ts';
import { readYaml, yamlOf } from './yamlText.ts';

/** Texts of one document by the endings of their files; the first ending is the one it is known by. */
export type Parts = { readonly [ending: string]: string };

/** What the texts of a document say. */
export interface ReadContent {
  value: unknown;
  /** In which text a value stands, and where. */
  placeOf(path: readonly string[]): { ending: string; line: number; column: number };
}

export interface PartProblem {
  ending: string;
  line: number;
  column: number;
  message: string;
}

/** How a kind is written in files. */
export interface Codec {
  folder: string;
  /** The first is that of the file that has to be there. */
  endings: readonly [string, ...string[]];
  name: z.ZodType<string>;
  schema: z.ZodType;
  write(content: never): Parts;
  read(parts: Parts): Result<ReadContent, PartProblem>;
}

/** A content that is one text: bytes stay as they are, but for the ends of lines. */
function textCodec(folder: string, ending: string, member: string, schema: z.ZodType): Codec {
  return {
    folder,
    endings: [ending],
    name: documentName,
    schema,
    write: (content: { [member: string]: string }) => ({ [ending]: content[member]! }),
    read: (parts) =>
      ok({ value: { [member]: parts[ending] }, placeOf: () => ({ ending, line: 1, column: 1 }) }),
  };
}

type Reader = (text: string) => Result<TextReading, { line: number; column: number; message: string }>;

function readPart(
  parts: Parts,
  ending: string,
  read: Reader,
): Result<{ value: { [name: string]: unknown }; places: ReadonlyMap<string, TextPlace> }, PartProblem> {
  const reading = read(parts[ending] ?? '');
  if (!reading.ok) return failed({ ending, ...reading.failure });
  const { value, places } = reading.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'Expected names with values, but it is something else.';
    return failed({ ending, line: 1, column: 1, message });
  }
  return ok({ value, places });
}

const placeIn = (ending: string, places: ReadonlyMap<string, TextPlace>) => (path: readonly string[]) => {
  const { line = 1, column = 1 } = placeAt(places, path) ?? {};
  return { ending, line, column };
};

/** A content that is one document of values. */
function valueCodec(
  folder: string,
  ending: string,
  schema: z.ZodType,
  write: (value: never) => string,
  read: Reader,
): Codec {
  return {
    folder,
    endings: [ending],
    name: resourceName,
    schema,
    write: (content) => ({ [ending]: write(content) }),
    read(parts) {
      const reading = readPart(parts, ending, read);
      if (!reading.ok) return reading;
      return ok({ value: reading.value.value, placeOf: placeIn(ending, reading.value.places) });
    },
  };
}

const jsonOf = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const workflow: Codec = {
  folder: 'workflows',
  endings: ['.bpmn', '.start.json'],
  name: documentName,
  schema: workflowContent,
  write: ({ xml, startForm }: { xml: string; startForm?: object }) => ({
    '.bpmn': xml,
    ...(startForm && { '.start.json': jsonOf(startForm) }),
  }),
  read(parts) {
    const xml = parts['.bpmn'];
    if (parts['.start.json'] === undefined)
      return ok({ value: { xml }, placeOf: () => ({ ending: '.bpmn', line: 1, column: 1 }) });
    const form = readPart(parts, '.start.json', readJson);
    if (!form.ok) return form;
    const within = placeIn('.start.json', form.value.places);
    return ok({
      value: { xml, startForm: form.value.value },
      placeOf: ([member, ...path]) =>
        member === 'startForm' ? within(path) : { ending: '.bpmn', line: 1, column: 1 },
    });
  },
};

const tool: Codec = {
  folder: 'tools',
  endings: ['.tool.ts', '.tool.json'],
  name: resourceName,
  schema: toolContent,
  write: ({ source, ...definition }: { source: string }) => ({
    '.tool.ts': source,
    '.tool.json': jsonOf(definition),
  }),
  read(parts) {
    if (parts['.tool.json'] === undefined) {
      const message = 'Expected the definition (.tool.json) beside the source, but there is none.';
      return failed({ ending: '.tool.ts', line: 1, column: 1, message });
    }
    const definition = readPart(parts, '.tool.json', readJson);
    if (!definition.ok) return definition;
    const within = placeIn('.tool.json', definition.value.places);
    return ok({
      value: { ...definition.value.value, source: parts['.tool.ts'] },
      placeOf: (path) => (path[0] === 'source' ? { ending: '.tool.ts', line: 1, column: 1 } : within(path)),
    });
  },
};

/** Every kind of document as files. */
export const codecs = {
  workflow,
  agent: valueCodec('agents', '.agent.yaml', agentContent, yamlOf, readYaml),
  tool,
  task: valueCodec('tasks', '.task.json', taskContent, jsonOf, readJson),
  prompt: valueCodec('prompts', '.prompt.yaml', promptContent, yamlOf, readYaml),
  policy: valueCodec('policies', '.policy.yaml', policyContent, yamlOf, readYaml),
  form: textCodec('forms', '.form', 'json', formContent),
  decision: textCodec('decisions', '.dmn', 'xml', decisionContent),
  note: textCodec('notes', '.md', 'text', noteContent),
} satisfies { [K in DocumentKind]: Codec };

/** Which kind a file is of, by how its name ends. */
export function kindOfFile(path: string): { kind: DocumentKind; base: string; ending: string } | undefined {
  for (const kind of documentKinds) {
    for (const ending of codecs[kind].endings) {
      const other = ending.replace(/\.yaml$/, '.yml');
      const found = [ending, other].find((end) => path.toLowerCase().endsWith(end));
      if (found === undefined) continue;
      const base = path.slice(path.lastIndexOf('/') + 1, path.length - found.length);
      if (base !== '') return { kind, base, ending };
    }
  }
  return undefined;
}
