import type { JsonValue, McpMessage } from '../../../contract/index.ts';
import type { Mask } from '../../../host/mask.ts';
import { KEPT_LENGTH, KEPT_MESSAGES } from './wireLimits.ts';

/** The last messages of a server, as they went over the wire but for secrets and length. */
export interface MessageRing {
  add(direction: McpMessage['direction'], message: unknown): void;
  all(): McpMessage[];
  /** Those added since `mark`. */
  mark(): number;
  since(mark: number): McpMessage[];
}

export function createMessageRing(mask: Mask, now: () => number): MessageRing {
  const kept: McpMessage[] = [];
  let added = 0;
  return {
    add(direction, message) {
      const text = JSON.stringify(message) ?? 'null';
      const shown: JsonValue =
        text.length > KEPT_LENGTH
          ? { shortened: mask.text(text.slice(0, KEPT_LENGTH / 4)), characters: text.length }
          : mask.value(JSON.parse(text) as JsonValue);
      kept.push({ at: now(), direction, message: shown });
      added++;
      if (kept.length > KEPT_MESSAGES) kept.shift();
    },
    all: () => [...kept],
    mark: () => added,
    since: (mark) => (added > mark ? kept.slice(-Math.min(added - mark, kept.length)) : []),
  };
}
