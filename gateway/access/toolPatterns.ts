/**
 * Names of tools as roles and keys name them: one tool (`http.request`), or by their beginning (`github.*`, `process_*`, `*`).
 * A star stands at the end and nowhere else.
 */
export const anyTool: readonly string[] = ['*'];

const object = 'tool/';

/** As the policy has it. */
export const toolObject = (pattern: string) => `${object}${pattern}`;
export const toolOf = (policyObject: string) => policyObject.slice(object.length);

/** A name, not a pattern, nor anything the policy would read otherwise. */
export const isToolName = (name: string) => name.length <= 200 && !/[*:\s]/.test(name);

/** Whether all that `wanted` names is named by `pattern` too. */
export function covers(pattern: string, wanted: string): boolean {
  return pattern.endsWith('*') ? wanted.startsWith(pattern.slice(0, -1)) : pattern === wanted;
}
