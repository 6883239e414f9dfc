import type { ConversationMessage } from '@baton/engine/protocol';
import { Duration } from 'luxon';
import type { AgentMemory } from './definitions.ts';

/** Characters of a conversation, however few messages they are. */
const longest = 1_000_000;

/** The latest messages, as many as the agent is shown. */
export function latestOf(
  messages: readonly ConversationMessage[],
  { messages: most }: AgentMemory,
): ConversationMessage[] {
  const latest = messages.slice(-most);
  let size = latest.reduce((sum, { text }) => sum + text.length, 0);
  while (size > longest) size -= latest.shift()?.text.length ?? size;
  return latest;
}

/** epoch ms. */
export function forgottenAt(now: number, { keep }: AgentMemory): number {
  return now + Duration.fromISO(keep).toMillis();
}
