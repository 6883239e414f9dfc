import type { Paint } from './command.ts';

const as = (text: string) => text;

/** No colours: for programs, and for whoever wants none. */
export const plain: Paint = { good: as, bad: as, warn: as, faint: as, strong: as, link: as };

const coloured = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Colours as terminals know them; `address` says where a part of the product is, and links lead there. */
export function paintFor(address?: (hash: string) => string): Paint {
  return {
    good: coloured(32),
    bad: coloured(31),
    warn: coloured(33),
    faint: coloured(90),
    strong: coloured(1),
    link: address ? (text, hash) => `\u001b]8;;${address(hash)}\u0007${text}\u001b]8;;\u0007` : as,
  };
}
