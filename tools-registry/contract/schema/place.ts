/** A step on the way into a value; `undefined` is the value itself. */
export type Place = { readonly above: Place; readonly step: string | number } | undefined;

export function depthOf(place: Place): number {
  let depth = 0;
  for (let at = place; at; at = at.above) depth += 1;
  return depth;
}

/** RFC 6901. */
export function escapeStep(step: string | number): string {
  return String(step).replaceAll('~', '~0').replaceAll('/', '~1');
}

export function pointerOf(place: Place): string {
  const steps: string[] = [];
  for (let at = place; at; at = at.above) steps.push(`/${escapeStep(at.step)}`);
  return steps.reverse().join('');
}

/** The steps of a JSON pointer; `undefined` when it is none. */
export function stepsOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
