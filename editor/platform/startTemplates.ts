import { ok, type Result } from '@baton/engine/protocol';
import {
  resourceName,
  type Template,
  type TemplateContent,
  type TemplateKind,
  templateRoutes,
} from '@baton/gateway/api';
import type { Failure } from './failure.ts';
import type { IconName, Kind } from './icons.ts';
import type { Platform } from './platform.ts';

/** What a template of this kind gives. */
export type StartContent<K extends TemplateKind> = Extract<TemplateContent, { of: K }>['content'];

/** What something new begins as. */
export interface Start<K extends TemplateKind> {
  /** A name it could have. */
  name: string;
  content: StartContent<K>;
}

export interface BlankStart<K extends TemplateKind> {
  of: K;
  /** `Blank agent`. */
  title: string;
  description: string;
  icon: IconName & Kind;
  content: StartContent<K>;
}

const limit = 200;

/** Asks what something new starts from; `undefined` when the user thinks better of it. */
export async function chooseStart<K extends TemplateKind>(
  { api, dialogs, context }: Platform,
  blank: BlankStart<K>,
): Promise<Start<K> | undefined> {
  const answer = context.get('permission:templates:read')
    ? await api.call(templateRoutes.list, { query: { of: blank.of, limit } })
    : undefined;
  // Without templates there is nothing to choose: the name is asked at once.
  const templates = answer?.ok ? answer.value.items.filter(({ content }) => content.of === blank.of) : [];
  const nothing: Start<K> = { name: '', content: blank.content };
  if (templates.length === 0) return nothing;
  return dialogs.pick<Start<K>>({
    placeholder: `What the ${blank.of} starts from`,
    items: [
      {
        id: 'blank',
        label: blank.title,
        description: blank.description,
        icon: blank.icon,
        kind: blank.icon,
        value: nothing,
      },
      ...[...templates]
        .sort((one, other) => Number(other.builtIn) - Number(one.builtIn))
        .map(({ id, name, builtIn, content }: Template) => ({
          id,
          label: name,
          description: content.description,
          icon: blank.icon,
          kind: blank.icon,
          section: builtIn ? 'Templates of the product' : 'Templates of your own',
          value: { name, content: content.content as StartContent<K> },
        })),
    ],
  });
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

/** Keeps what something is as a template of the tenant's own, under a name that is asked for; answers that name. */
export async function saveAsTemplate(
  { api, dialogs }: Platform,
  name: string,
  template: TemplateContent,
): Promise<Result<string | undefined, Failure>> {
  const known = await api.call(templateRoutes.list, { query: { limit } });
  const taken = known.ok ? known.value.items.map((each) => each.name) : [];
  const chosen = await dialogs.input({
    title: 'Name of the new template',
    value: freeName(name, taken),
    validate: (text) => wrongName(text, 'a template', taken),
  });
  if (!chosen) return ok(undefined);
  const made = await api.call(templateRoutes.create, { body: { name: chosen.trim(), content: template } });
  return made.ok ? ok(made.value.name) : made;
}
