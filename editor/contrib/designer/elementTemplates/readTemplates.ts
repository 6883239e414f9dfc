import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Failure } from '../../../platform/failure.ts';
import type { ElementTemplate } from './template.ts';

/** Reads Camunda's JSON by the schema its tools publish: all of what is in it, or what is wrong with it. */
export async function readTemplates(text: string): Promise<Result<ElementTemplate[], Failure>> {
  const refuse = (message: string) => failed({ code: 'ELEMENT_TEMPLATE_INVALID', message });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return refuse(`Expected the JSON of an element template, but ${(error as Error).message}.`);
  }
  const templates = Array.isArray(parsed) ? parsed : [parsed];
  if (templates.length === 0) return refuse('Expected an element template, but the list is empty.');
  const { validateZeebe } = await import('@bpmn-io/element-templates-validator');
  for (const template of templates) {
    const { valid, errors } = validateZeebe(template);
    if (valid) continue;
    const name = (template as { name?: unknown } | null)?.name;
    const [first] = errors ?? [];
    const of = typeof name === 'string' ? ` in ‘${name}’` : '';
    const at = first?.instancePath ? ` at ${first.instancePath}` : '';
    const found = first?.message ?? 'it is something else';
    return refuse(`Expected an element template of Camunda 8, but${of}${at}: ${found}.`);
  }
  return ok(templates as ElementTemplate[]);
}
