import type { ResourceKind } from '@baton/infra/store';
import type { NamingPlace } from '../../api/index.ts';
import { renamedInXml } from './namedInXml.ts';

/** A name that is looked for, and what it becomes. */
export interface Naming {
  kind: ResourceKind;
  from: string;
  to: string;
}

export interface Renamed {
  content: unknown;
  /** Where the name stood. */
  places: NamingPlace[];
}

type Members = Readonly<Record<string, unknown>>;

/** A content with another name in the places where it names that resource; the rest stays as it is. */
export function renamedIn(of: ResourceKind, content: unknown, naming: Naming): Renamed {
  if (typeof content !== 'object' || content === null) return { content, places: [] };
  const members = content as Members;
  switch (of) {
    case 'agent':
      return renamedInAgent(members, naming);
    case 'prompt':
      return naming.kind === 'prompt' ? renamedInTexts(members, ['text'], naming) : { content, places: [] };
    case 'workflow': {
      if (typeof members.xml !== 'string') return { content, places: [] };
      const { xml, places } = renamedInXml(members.xml, naming);
      return { content: { ...members, xml }, places };
    }
    default:
      return { content, places: [] };
  }
}

function renamedInAgent(members: Members, naming: Naming): Renamed {
  const { kind, from, to } = naming;
  if (kind === 'prompt') return renamedInTexts(members, ['systemPrompt', 'userPrompt'], naming);
  if (kind === 'tool' && Array.isArray(members.tools)) {
    const places = members.tools.flatMap((tool, index) =>
      tool === from ? [{ path: ['tools', String(index)], text: from }] : [],
    );
    return {
      content: { ...members, tools: members.tools.map((tool) => (tool === from ? to : tool)) },
      places,
    };
  }
  const field = kind === 'policy' ? 'guardrails' : kind === 'task' ? 'response' : undefined;
  if (field === undefined || members[field] !== from) return { content: members, places: [] };
  return { content: { ...members, [field]: to }, places: [{ path: [field], text: from }] };
}

const include = /\{\{(\s*>\s*)([a-z0-9][a-z0-9-]{0,62})((?:@[a-z][a-z0-9-]{0,30})?\s*)\}\}/g;

function renamedInTexts(members: Members, fields: readonly string[], { from, to }: Naming): Renamed {
  const places: NamingPlace[] = [];
  const changed: Record<string, unknown> = { ...members };
  for (const field of fields) {
    const text = members[field];
    if (typeof text !== 'string') continue;
    changed[field] = text.replace(include, (whole, before, name, after, at: number) => {
      if (name !== from) return whole;
      places.push({ path: [field], ...lineAt(text, at) });
      return `{{${before}${to}${after}}}`;
    });
  }
  return { content: changed, places };
}

/** Characters of a line that are shown. */
const shownOfLine = 200;

export function lineAt(text: string, at: number): { line: number; text: string } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return {
    line: text.slice(0, start).split('\n').length,
    text: text
      .slice(start, end < 0 ? text.length : end)
      .trim()
      .slice(0, shownOfLine),
  };
}
