import type { JsonObject, JsonValue } from '@baton/engine/protocol';

function lookUp(variables: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = variables;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = value[name];
  }
  return value;
}

/** Fills `{{name}}` and `{{a.b}}`; a name without a value stays empty. An empty template is the variables as JSON. */
export function renderPrompt(template: string, variables: JsonObject): string {
  if (template.trim() === '') return JSON.stringify(variables);
  return template.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_whole, path: string) => {
    const value = lookUp(variables, path);
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
