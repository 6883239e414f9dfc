import type { Expression } from '@baton/engine/feel';
import type { ToolParameter } from '../executable.ts';
import { isDeepOutput, isMappingTarget } from '../validate/ioMappings.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

interface Mapping {
  source: Expression;
  target: string;
}

/** What comes into a context, by name: FEEL, or a context within. */
type Entries = Map<string, string | Entries>;

/**
 * `zeebe:ioMapping`, inputs and outputs as one context each, as the real broker has it: the last of a target wins at the place of
 * the first, sources see the targets before them. A mapping without source makes its target null; inputs say by `fromAi(…)`
 * what a model may fill in.
 */
export function mappings(
  context: TransformContext,
  element: XmlElement,
): {
  inputMappings: Expression | undefined;
  outputMappings: Expression | undefined;
  parameters?: ToolParameter[];
} {
  const ioMapping = extension(element, 'ioMapping');
  const read = (name: string) =>
    childrenNamed(ioMapping, name).flatMap((one): Mapping[] => {
      const source = expression(context, one, one.attributes.source || '=null');
      const target = one.attributes.target ?? '';
      return source && isMappingTarget(target) && !isDeepOutput(one) ? [{ source, target }] : [];
    });
  const compiled = (those: readonly Mapping[], write: (entries: Entries) => string) => {
    if (those.length === 0) return undefined;
    const text = write(entriesOf(those));
    const parsed = context.feel.parse(`=${text}`);
    if (parsed.ok) return parsed.value;
    const message = `Failed to build variable mapping expression: failed to parse expression '${text}': ${parsed.failure.message}`;
    context.report.error(ioMapping!, 'feel/mappings', message);
    return undefined;
  };
  const inputs = read('zeebe:input');
  const parameters = inputs.flatMap(({ source }) => {
    if (!source.text.includes('fromAi')) return [];
    const asked = context.feel.aiParameters(source);
    if (asked.ok) return asked.value;
    context.report.error(element, 'feel/from-ai', asked.failure);
    return [];
  });
  return {
    inputMappings: compiled(inputs, overwriting),
    outputMappings: compiled(read('zeebe:output'), (entries) => merging(entries, '')),
    ...(parameters.length > 0 && { parameters }),
  };
}

function entriesOf(mappings: readonly Mapping[]): Entries {
  const root: Entries = new Map();
  for (const { source, target } of mappings) {
    const path = target.split('.');
    const last = path.pop()!;
    let entries = root;
    for (const name of path) {
      const known = entries.get(name);
      const inner: Entries = known instanceof Map ? known : new Map();
      entries.set(name, inner);
      entries = inner;
    }
    // escapes in a text mean what they do in FEEL (observed)
    entries.set(last, source.kind === 'feel' ? source.text : `"${source.text.replaceAll('"', '\\"')}"`);
  }
  return root;
}

function written(entries: Entries, inner: (entries: Entries, name: string) => string): string {
  const all = [...entries].map(
    ([name, entry]) => `${name}:${typeof entry === 'string' ? entry : inner(entry, name)}`,
  );
  return `{${all.join(',')}}`;
}

function overwriting(entries: Entries): string {
  return written(entries, overwriting);
}

/** Contexts within go into those that are there. */
function merging(entries: Entries, path: string): string {
  return written(entries, (inner, name) => {
    const there = `${path}${name}`;
    const made = merging(inner, `${there}.`);
    return `if (${there} != null) then context merge(${there},${made}) else ${made}`;
  });
}
