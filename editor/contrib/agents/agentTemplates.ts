import { ok, type Result } from '@baton/engine/protocol';
import { type AgentContent, resourceName, type Template, templateRoutes } from '@baton/gateway/api';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { blankAgent } from './blankAgent.ts';

/** What a new agent begins as. */
export interface AgentStart {
  /** A name it could have. */
  name: string;
  content: AgentContent;
}

const limit = 200;

/** Asks what a new agent starts from; `undefined` when the user thinks better of it. */
export async function chooseStart({ api, dialogs, context }: Platform): Promise<AgentStart | undefined> {
  const answer = context.get('permission:templates:read')
    ? await api.call(templateRoutes.list, { query: { of: 'agent', limit } })
    : undefined;
  // Without templates there is nothing to choose: the name is asked at once.
  const templates = answer?.ok ? answer.value.items.flatMap(startOf) : [];
  const blank: AgentStart = { name: '', content: blankAgent };
  if (templates.length === 0) return blank;
  return dialogs.pick<AgentStart>({
    placeholder: 'What the agent starts from',
    items: [
      {
        id: 'blank',
        label: 'Blank agent',
        description: 'Answers in one sentence, without a key or a server',
        icon: 'agent',
        kind: 'agent',
        value: blank,
      },
      ...[...templates]
        .sort((one, other) => Number(other.builtIn) - Number(one.builtIn))
        .map(({ id, builtIn, start, description }) => ({
          id,
          label: start.name,
          description,
          icon: 'agent' as const,
          kind: 'agent' as const,
          section: builtIn ? 'Templates of the product' : 'Templates of your own',
          value: start,
        })),
    ],
  });
}

function startOf({ id, name, builtIn, content }: Template) {
  return content.of === 'agent'
    ? [{ id, builtIn, description: content.description, start: { name, content: content.content } }]
    : [];
}

/** A sentence while the name will not do for something new. */
export function wrongName(text: string, what: string, taken: readonly string[]): string | undefined {
  const name = text.trim();
  if (!resourceName.safeParse(name).success)
    return `Expected lower-case letters, digits and -, but it is ${name ? JSON.stringify(name) : 'empty'}.`;
  return taken.includes(name)
    ? `Expected a name of its own, but there is ${what} named ${name} already.`
    : undefined;
}

/** The first of `triage`, `triage-2`, … that is free. */
export function freeName(wanted: string, taken: readonly string[]): string {
  for (let number = 2, name = wanted; ; number++) {
    if (!taken.includes(name)) return name;
    name = `${wanted}-${number}`;
  }
}

/** Keeps what an agent is as a template of the tenant's own, under a name that is asked for; answers that name. */
export async function saveAsTemplate(
  { api, dialogs }: Platform,
  name: string,
  content: AgentContent,
): Promise<Result<string | undefined, Failure>> {
  const known = await api.call(templateRoutes.list, { query: { limit } });
  const taken = known.ok ? known.value.items.map((template) => template.name) : [];
  const chosen = await dialogs.input({
    title: 'Name of the new template',
    value: freeName(name, taken),
    validate: (text) => wrongName(text, 'a template', taken),
  });
  if (!chosen) return ok(undefined);
  const made = await api.call(templateRoutes.create, {
    body: { name: chosen.trim(), content: { of: 'agent', description: content.description, content } },
  });
  return made.ok ? ok(made.value.name) : made;
}
