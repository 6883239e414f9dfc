import type { CatalogTool } from '@baton/tools-registry/contract';
import type { ElementTemplate } from '../../api/index.ts';

/** A tool as an element template of Camunda: a service task that calls it, with a field for each of its inputs. */
export function elementTemplateOf({ definition, version }: CatalogTool): ElementTemplate {
  const { name, description, input } = definition;
  const required = new Set(Array.isArray(input.required) ? input.required : []);
  const properties = Object.entries((input.properties ?? {}) as { [name: string]: { description?: string } });
  const hidden = (value: string, binding: object) => ({ type: 'Hidden', value, binding });
  return {
    $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
    id: `baton.tool.${name}`,
    name,
    version,
    description,
    appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'],
    elementType: { value: 'bpmn:ServiceTask' },
    properties: [
      hidden('tool', { type: 'zeebe:taskDefinition', property: 'type' }),
      hidden(name, { type: 'zeebe:taskHeader', key: 'tool' }),
      ...properties.map(([input, schema]) => ({
        id: `input-${input}`,
        label: input,
        ...(schema.description ? { description: schema.description } : {}),
        type: 'String',
        feel: 'optional',
        binding: { type: 'zeebe:input', name: input },
        ...(required.has(input) ? { constraints: { notEmpty: true } } : { optional: true }),
      })),
    ],
  };
}
