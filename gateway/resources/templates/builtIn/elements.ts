import type { BuiltInTemplate } from './index.ts';

const schema = 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema@0.46.0/resources/schema.json';

/** Elements with fields of their own, as Camunda's tools read them. */
export const elementTemplates: readonly BuiltInTemplate[] = [
  {
    name: 'http-request',
    content: {
      of: 'element',
      description: 'A service task that sends an HTTP request, with fields for address, method and body.',
      content: {
        $schema: schema,
        id: 'baton.tool.http-request',
        name: 'HTTP request',
        version: 1,
        description: 'Sends an HTTP request and keeps the answer.',
        appliesTo: ['bpmn:Task'],
        elementType: { value: 'bpmn:ServiceTask' },
        groups: [
          { id: 'request', label: 'Request' },
          { id: 'answer', label: 'Answer' },
        ],
        properties: [
          {
            type: 'Hidden',
            value: 'tool',
            binding: { type: 'zeebe:taskDefinition', property: 'type' },
          },
          {
            type: 'Hidden',
            value: 'http.request',
            binding: { type: 'zeebe:taskHeader', key: 'tool' },
          },
          {
            id: 'method',
            label: 'Method',
            group: 'request',
            type: 'Dropdown',
            value: 'GET',
            choices: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((name) => ({ name, value: name })),
            binding: { type: 'zeebe:input', name: 'method' },
          },
          {
            id: 'url',
            label: 'Address',
            group: 'request',
            type: 'String',
            feel: 'optional',
            constraints: { notEmpty: true },
            binding: { type: 'zeebe:input', name: 'url' },
          },
          {
            id: 'headers',
            label: 'Headers',
            group: 'request',
            type: 'Text',
            feel: 'required',
            optional: true,
            binding: { type: 'zeebe:input', name: 'headers' },
          },
          {
            id: 'body',
            label: 'Body',
            group: 'request',
            type: 'Text',
            feel: 'required',
            optional: true,
            condition: { property: 'method', oneOf: ['POST', 'PUT', 'PATCH'] },
            binding: { type: 'zeebe:input', name: 'body' },
          },
          {
            id: 'result',
            label: 'Result variable',
            group: 'answer',
            type: 'String',
            value: 'response',
            binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
          },
        ],
      },
    },
  },
];
