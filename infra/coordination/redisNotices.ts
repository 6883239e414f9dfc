import { embeddedNotices, type LocalNotices } from './embeddedNotices.ts';
import type { Notice } from './ports.ts';

/** Notices that wait for the service to come back; more of them become one that says "forget everything". */
const waitingLimit = 1_000;

/** What travels: from which process, and the notice; without one, everything may have changed. */
interface Message {
  from: string;
  notice?: Notice;
}

export interface RedisNotices extends LocalNotices {
  /** A message of another process, or of this one. */
  received(text: string): void;
  /** Sends what could not be sent. */
  flush(): Promise<void>;
}

/**
 * Notices between processes.
 * @param send hands one message to every process that listens; rejects when the service is away
 */
export function redisNotices(ownId: string, send: (text: string) => Promise<unknown>): RedisNotices {
  const local = embeddedNotices();
  let waiting: Message[] = [];

  async function deliver(message: Message): Promise<void> {
    try {
      await send(JSON.stringify(message));
    } catch {
      waiting = waiting.length < waitingLimit ? [...waiting, message] : [{ from: ownId }];
    }
  }

  return {
    ...local,
    async publish(notice) {
      local.hear(notice);
      await deliver({ from: ownId, notice });
    },
    received(text) {
      const { from, notice } = JSON.parse(text) as Message;
      if (from === ownId) return;
      if (notice) local.hear(notice);
      else local.lose();
    },
    async flush() {
      const messages = waiting;
      waiting = [];
      for (const message of messages) await deliver(message);
    },
  };
}
