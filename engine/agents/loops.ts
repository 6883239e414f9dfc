import type { ModelMessage, ModelToolCall } from '@baton/engine/llm';
import { canonicalJson } from './canonical.ts';
import type { AgentLimits } from './definitions.ts';
import type { AgentLoop } from './failures.ts';

/** Notices an agent that does the same over and over. */
export interface LoopWatch {
  /** Before the calls of an answer are made. */
  asks(calls: readonly ModelToolCall[]): AgentLoop | undefined;
  /** After they were made. */
  learns(calls: readonly ModelToolCall[], results: readonly ModelMessage[]): AgentLoop | undefined;
}

/** What a call is, whatever the order of its arguments. */
const callOf = ({ name, arguments: given }: ModelToolCall) => canonicalJson([name, given]);

/** Characters of arguments that are told. */
const told = 200;

const loop = (message: string): AgentLoop => ({ code: 'AGENT_LOOP', message });

export function createLoopWatch({
  maxRepeats,
  maxIdleLoops,
}: Pick<AgentLimits, 'maxRepeats' | 'maxIdleLoops'>): LoopWatch {
  const made = new Map<string, number>();
  const learned = new Set<string>();
  let idle = 0;
  return {
    asks(calls) {
      for (const call of calls) {
        const same = callOf(call);
        const times = (made.get(same) ?? 0) + 1;
        made.set(same, times);
        if (times > maxRepeats) {
          const given = JSON.stringify(call.arguments).slice(0, told);
          return loop(
            `Expected '${call.name}' at most ${maxRepeats} times with the same arguments, but the agent calls it once more with ${given}`,
          );
        }
      }
      return undefined;
    },
    learns(calls, results) {
      const pairs = calls.map((call, index) => canonicalJson([callOf(call), results[index]?.text ?? '']));
      const isNew = pairs.some((pair) => !learned.has(pair));
      for (const pair of pairs) learned.add(pair);
      idle = isNew ? 0 : idle + 1;
      if (idle <= maxIdleLoops) return undefined;
      return loop(
        `Expected something new at least once in ${maxIdleLoops + 1} loops, but the agent has made all its calls before, with the same results`,
      );
    },
  };
}
