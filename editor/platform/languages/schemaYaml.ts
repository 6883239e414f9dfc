import type { JsonValue } from '@baton/gateway/api';
import { type ContentPath, isObject } from '../contentPath.ts';
import type { DocumentNames } from './documentNames.ts';
import { type JsonSchema, schemasAt, wordsOf } from './jsonSchema.ts';
import type { CodeFinding, CodeLanguage, NamedDocument, Suggestion } from './languages.ts';
import {
  betweenBraces,
  bracesIn,
  colouredIn,
  completeBraces,
  explainBraces,
  type PromptVariable,
  promptsNamedIn,
} from './promptText.ts';
import { yamlPlaceAt } from './yamlPlace.ts';
import { type YamlValue, yamlValues } from './yamlValues.ts';

export interface SchemaYaml {
  id: string;
  reads(path: string): boolean;
  schema: JsonSchema;
  names: DocumentNames;
  /** Values that name another document: `tools/*` is a `tool`. */
  naming: Readonly<Record<string, string>>;
  /** Values that are prompts: `systemPrompt`. */
  prompts: readonly string[];
  /** Values beside those of the schema. */
  values?(path: ContentPath, content: JsonValue | undefined): Promise<readonly Suggestion[]>;
  /** What a prompt in this content can ask for. */
  variables(content: JsonValue | undefined): Promise<readonly PromptVariable[]>;
  /** Variables beyond which there are none, and who says so. */
  allVariables?(
    content: JsonValue | undefined,
    path: string,
  ): Promise<{ by: string; variables: readonly string[] } | undefined>;
}

/** YAML by a schema of the contract: names, values and what they mean, live names of the tenant, prompts in it. */
export function schemaYaml(options: SchemaYaml): CodeLanguage {
  const { schema, names, naming, prompts } = options;
  const isPrompt = (path: ContentPath) => prompts.includes(patternOf(path));

  async function valuesAt(path: ContentPath, content: JsonValue | undefined): Promise<Suggestion[]> {
    const found: Suggestion[] = [];
    const kind = naming[patternOf(path)];
    if (kind) {
      for (const { name, description } of (await names.all(kind)) ?? [])
        found.push({
          label: name,
          insert: yamlScalar(name),
          kind: 'document',
          detail: kind,
          ...(description && { documentation: description }),
        });
    }
    found.push(...((await options.values?.(path, content)) ?? []));
    for (const each of schemasAt(schema, path, content)) {
      const documentation = explained(each);
      const listed = each.const !== undefined ? [each.const] : (each.enum ?? []);
      for (const value of each.type === 'boolean' ? [true, false] : listed)
        found.push({
          label: String(value),
          kind: 'value',
          ...(each.default === value && { detail: 'default' }),
          documentation,
        });
      if (found.length === 0 && each.default !== undefined && typeof each.default !== 'object')
        found.push({
          label: String(each.default),
          insert: each.default === '' ? '""' : String(each.default),
          kind: 'value',
          detail: 'default',
          documentation,
        });
    }
    return distinct(found);
  }

  function namesAt(
    path: ContentPath,
    content: JsonValue | undefined,
    taken: readonly string[],
    indent: number,
    named: boolean,
  ): Suggestion[] {
    const found: Suggestion[] = [];
    for (const { properties = {}, required = [] } of schemasAt(schema, path, content))
      for (const [name, member] of Object.entries(properties)) {
        if (taken.includes(name)) continue;
        const [value = member] = schemasAt(member, [], undefined);
        found.push({
          label: name,
          kind: 'name',
          insert: named ? name : `${name}:${begun([...path, name], value, indent)}`,
          detail: required.includes(name) ? 'needed' : '',
          documentation: explained(describedBy(member, value)),
          order: required.includes(name) ? 1 : 2,
          goesOn: !named && (naming[patternOf([...path, name])] !== undefined || Boolean(value.enum)),
        });
      }
    return distinct(found);
  }

  /** What follows a name when it is written: the lines its value begins with. */
  function begun(path: ContentPath, value: JsonSchema, indent: number): string {
    const inner = ' '.repeat(indent + 2);
    if (isPrompt(path)) return ` |\n${inner}`;
    if (value.type === 'object') return `\n${inner}`;
    if (value.type === 'array') return `\n${inner}- `;
    return ' ';
  }

  return {
    id: options.id,
    shownAs: ['yaml'],
    reads: options.reads,
    triggers: ['{', '>', ' ', ':', '-'],

    async complete({ text }, at) {
      const place = yamlPlaceAt(text, at);
      if (place.at === 'text' || isPrompt(place.path)) {
        // Words of a prompt are typed without a look at the whole text.
        if (!isPrompt(place.path) || !betweenBraces(text, at)) return undefined;
        return completeBraces(text, at, names, await options.variables(yamlValues(text).content));
      }
      const { content } = yamlValues(text);
      const { path, from, to, taken, indent, named } = place;
      const isMap = schemasAt(schema, path, content).some(({ properties }) => properties);
      // An item of a list of values looks like a name until there is a colon.
      const items =
        place.at === 'name' && isMap
          ? namesAt(path, content, taken, indent, named)
          : await valuesAt(path, content);
      return items.length > 0 ? { from, to, items } : undefined;
    },

    async explain({ text }, at) {
      const { values, content } = yamlValues(text);
      const found = innermost(values, at);
      if (!found) return undefined;
      const { path, name, value, from, to } = found;
      if (!name && isPrompt(path)) return explainBraces(text, at, names, await options.variables(content));
      const kind = naming[patternOf(path)];
      if (!name && kind && typeof value === 'string') {
        const named = await names.find(kind, value);
        if (named) return { from, to, text: aboutDocument(kind, value, named.description) };
      }
      const [own] = schemasAt(schema, path, content);
      if (!own) return undefined;
      return { from, to, text: `**${path.at(-1)}**\n\n${explained(own)}` };
    },

    named({ text }) {
      const found: NamedDocument[] = [];
      for (const { path, name, value, from, to } of yamlValues(text).values) {
        if (name || typeof value !== 'string') continue;
        if (isPrompt(path)) found.push(...promptsNamedIn(text, { from, to }));
        const kind = naming[patternOf(path)];
        if (!kind || value === '') continue;
        const quote = /^["']/.test(text[from] ?? '') ? 1 : 0;
        found.push({ kind, name: value, from: from + quote, to: to - quote });
      }
      return found;
    },

    coloured({ text }) {
      return yamlValues(text).values.flatMap(({ path, name, from, to }) =>
        !name && isPrompt(path) ? colouredIn(text, { from, to }) : [],
      );
    },

    async findings({ text, path: of }) {
      const { values, content } = yamlValues(text);
      const all = await options.allVariables?.(content, of);
      const known = await names.all('prompt');
      const found: CodeFinding[] = [];
      for (const { path, name, from, to } of values) {
        if (name || !isPrompt(path)) continue;
        for (const each of bracesIn(text, { from, to })) {
          const span = { from: each.nameFrom, to: each.nameFrom + each.name.length };
          const [first = ''] = each.name.split('.');
          if (each.of === 'include' && known && !known.some((prompt) => prompt.name === each.name))
            found.push({
              ...span,
              severity: 'warning',
              code: 'prompt(include)',
              message: `Expected a prompt of the tenant, but there is no ${each.name}.`,
            });
          if (each.of === 'variable' && all && !all.variables.includes(first))
            found.push({
              ...span,
              severity: 'warning',
              code: 'prompt(variable)',
              message: `Expected a variable that ${all.by} gives (${all.variables.join(', ') || 'none'}), but it is ${first}.`,
            });
        }
      }
      return found;
    },
  };
}

/** Numbers are any item: `tools/0` is `tools/*`. */
function patternOf(path: ContentPath): string {
  return path.map((step) => (/^\d+$/.test(step) ? '*' : step)).join('/');
}

function innermost(values: readonly YamlValue[], at: number): YamlValue | undefined {
  return values.find(({ from, to }) => from <= at && at < to);
}

function describedBy(member: JsonSchema, value: JsonSchema): JsonSchema {
  return member.description || member.default !== undefined ? { ...value, ...member } : value;
}

/** What a field is for, what it may be and what it is when nothing is said. */
function explained(schema: JsonSchema): string {
  const { description, default: initial } = schema;
  const may = wordsOf(schema);
  const facts = `Expected ${may}${
    initial !== undefined && !isObject(initial) && !Array.isArray(initial) && initial !== ''
      ? `; ${String(initial)} where it is left out`
      : ''
  }.`;
  return description ? `${description}\n\n${facts}` : facts;
}

export function aboutDocument(kind: string, name: string, description: string): string {
  return `The ${kind} **${name}**${description ? `: ${description}` : ''}`;
}

/** A name as YAML takes it for a text. */
function yamlScalar(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function distinct(items: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return items.filter(({ label }) => !seen.has(label) && seen.add(label));
}
