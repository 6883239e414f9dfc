/** What a key does in a view: `keyAction(event.key, [['Enter', open], ['Escape', close]])`. */
export function keyAction(
  key: string,
  actions: readonly (readonly [key: string, act: () => unknown])[],
): (() => unknown) | undefined {
  return actions.find(([name]) => name === key)?.[1];
}
