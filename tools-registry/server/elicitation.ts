import type { ClientCapabilities, ElicitRequestFormParams } from '@modelcontextprotocol/server';
import {
  type JsonSchema,
  type JsonValue,
  type ToolAnswer,
  type ToolQuestion,
  validateAgainst,
} from '../contract/index.ts';

type Requested = ElicitRequestFormParams['requestedSchema'];
type Property = { [keyword: string]: JsonValue };

/** Whether the client shows forms; an empty capability is from before there were other kinds. */
export function asksByForm(capabilities: ClientCapabilities | undefined): boolean {
  const elicitation = capabilities?.elicitation as { form?: unknown; url?: unknown } | undefined;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** A question as a form of the client, and how what it sends back is read. */
export interface Elicitation {
  message: string;
  requestedSchema: Requested;
  answerOf(response: unknown): { ok: true; answer: ToolAnswer } | { ok: false; problem: string };
}

const primitives = new Set(['string', 'number', 'integer', 'boolean']);

/** MCP's forms are flat: texts, numbers, yes or no, and choices. */
function isPlain(property: Property): boolean {
  const { type, items } = property;
  if (typeof type === 'string' && primitives.has(type)) return true;
  if (type !== 'array' || typeof items !== 'object' || items === null) return false;
  return 'enum' in items || 'anyOf' in items;
}

/** Anything else is asked for as JSON. */
function asText(name: string, property: Property, proposed: JsonValue | undefined): Property {
  const { title, description } = property;
  const told = typeof description === 'string' ? `${description} (JSON)` : 'JSON';
  return {
    type: 'string',
    title: typeof title === 'string' ? title : name,
    description: told,
    ...(proposed !== undefined && { default: JSON.stringify(proposed) }),
  };
}

/** @param problem what was wrong with the answer before */
export function elicitationOf(question: ToolQuestion, problem: string | undefined): Elicitation {
  const { message, schema, proposed = {} } = question;
  const { properties = {}, required = [] } = schema as {
    properties?: { [name: string]: Property };
    required?: string[];
  };
  const asJson = new Set<string>();
  const fields = Object.entries(properties).map(([name, property]): [string, Property] => {
    const begin = proposed[name];
    if (isPlain(property)) return [name, begin === undefined ? property : { ...property, default: begin }];
    asJson.add(name);
    return [name, asText(name, property, begin)];
  });
  return {
    message: problem === undefined ? message : `${message}\n\n${problem}`,
    requestedSchema: { type: 'object', properties: Object.fromEntries(fields), required } as Requested,
    answerOf(response) {
      const { action, content } = (response ?? {}) as { action?: unknown; content?: unknown };
      if (action === 'decline') return { ok: true, answer: { action } };
      if (action !== 'accept') return { ok: true, answer: { action: 'cancel' } };
      const given = { ...(question.kind === 'approval' ? proposed : {}), ...(content as object) } as {
        [name: string]: JsonValue;
      };
      for (const name of asJson) {
        const text = given[name];
        if (typeof text !== 'string') continue;
        try {
          given[name] = JSON.parse(text) as JsonValue;
        } catch {
          return { ok: false, problem: `Expected JSON in '${name}', but it is none` };
        }
      }
      const [wrong] = validateAgainst(schema as JsonSchema, given);
      return wrong
        ? { ok: false, problem: wrong.message }
        : { ok: true, answer: { action: 'accept', content: given } };
    },
  };
}
