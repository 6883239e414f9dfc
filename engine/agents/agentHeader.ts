/** Which agent a job asks for. */
export interface NamedAgent {
  name: string;
  /** A number, or the label that a version has at that moment; the latest version without it. */
  version: number | { label: string } | undefined;
}

const header = /^([^@]+)(?:@(?:([1-9]\d{0,8})|([a-z][a-z0-9-]{0,30})))?$/;

/** Reads `triage`, `triage@production` and `triage@12`. */
export function readAgentHeader(text: string): NamedAgent | undefined {
  const [, name, number, label] = header.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  if (label !== undefined) return { name, version: { label } };
  return { name, version: number === undefined ? undefined : Number(number) };
}
