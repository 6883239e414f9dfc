declare module 'bpmn-js-element-templates/core' {
  export const CloudElementTemplatesCoreModule: object;
}
declare module '@bpmn-io/element-templates-validator' {
  export function validateZeebe(template: unknown): {
    valid: boolean;
    errors?: { message?: string; instancePath?: string }[];
  };
}
