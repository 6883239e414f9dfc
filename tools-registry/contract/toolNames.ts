/** Before the dot in names of the product's own tools; no server is called so. */
export const builtInSources = [
  'csv',
  'email',
  'files',
  'http',
  'json',
  'mongodb',
  'search',
  'sql',
  'state',
  'time',
  'web',
] as const;

/** Which source a tool's name says it is of; own tools are of none. */
export function sourceOfName(name: string): string | undefined {
  const dot = name.indexOf('.');
  return dot === -1 ? undefined : name.slice(0, dot);
}

export function isBuiltInSource(source: string): boolean {
  return (builtInSources as readonly string[]).includes(source);
}
