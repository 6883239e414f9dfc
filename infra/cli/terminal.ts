/** What a command says, and how it looks there. */
export interface Terminal {
  say(line: string): void;
  complain(line: string): void;
  /** Machines read it: one JSON value, no words. */
  readonly json: boolean;
  readonly paint: Paint;
}

export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}

const plain: Paint = { good: (text) => text, bad: (text) => text, faint: (text) => text };
const coloured = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Colours only where a person looks, and has not said otherwise by `NO_COLOR`. */
export function paintFor(isTTY: boolean, noColor: string | undefined): Paint {
  if (!isTTY || (noColor !== undefined && noColor !== '')) return plain;
  return { good: coloured(32), bad: coloured(31), faint: coloured(2) };
}
