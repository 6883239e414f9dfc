import type { Expression } from '@baton/engine/feel';
import type { Mapping } from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

/** `zeebe:ioMapping`. A mapping without source makes its target null. */
export function mappings(
  context: TransformContext,
  element: XmlElement,
): { inputMappings: Mapping[]; outputMappings: Mapping[] } {
  const ioMapping = extension(element, 'ioMapping');
  const read = (name: string) =>
    childrenNamed(ioMapping, name).flatMap((one): Mapping[] => {
      const source: Expression | undefined = expression(context, one, one.attributes.source || '=null');
      const target = one.attributes.target ?? '';
      return source && target !== '' ? [{ source, target: target.split('.') }] : [];
    });
  return { inputMappings: read('zeebe:input'), outputMappings: read('zeebe:output') };
}
