import type { Expression } from '@baton/engine/feel';
import type { Mapping, ToolParameter } from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

/** `zeebe:ioMapping`. A mapping without source makes its target null; inputs say by `fromAi(…)` what a model may fill in. */
export function mappings(
  context: TransformContext,
  element: XmlElement,
): { inputMappings: Mapping[]; outputMappings: Mapping[]; parameters?: ToolParameter[] } {
  const ioMapping = extension(element, 'ioMapping');
  const read = (name: string) =>
    childrenNamed(ioMapping, name).flatMap((one): Mapping[] => {
      const source: Expression | undefined = expression(context, one, one.attributes.source || '=null');
      const target = one.attributes.target ?? '';
      return source && target !== '' ? [{ source, target: target.split('.') }] : [];
    });
  const inputMappings = read('zeebe:input');
  const parameters = inputMappings.flatMap(({ source }) => {
    if (!source.text.includes('fromAi')) return [];
    const asked = context.feel.aiParameters(source);
    if (asked.ok) return asked.value;
    context.report.error(element, 'feel/from-ai', asked.failure);
    return [];
  });
  return {
    inputMappings,
    outputMappings: read('zeebe:output'),
    ...(parameters.length > 0 && { parameters }),
  };
}
