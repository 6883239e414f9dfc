import type { Topic } from '../api/index.ts';
import type { Clock } from '../dependencies.ts';

export interface TopicEvent {
  id: number;
  data: unknown;
}

export interface Subscription {
  /** `reset`: events after `after` are gone, or it is not an id of this topic. */
  start: 'subscribed' | 'reset';
  /** Events after this id follow. */
  id: number;
  /** Events after `id` that happened before the subscription. */
  missed: TopicEvent[];
  end(): void;
}

/** Events of each tenant's topics: kept for a while, so that a client that lost its connection resumes without a gap. */
export interface Channels {
  /** Dropped while nobody listens, or did a moment ago: whoever comes later reads the state first. */
  publish(tenantId: string, topic: Topic, data: unknown): void;
  isFollowed(tenantId: string, topic: Topic): boolean;
  subscribe(
    tenantId: string,
    topic: Topic,
    after: number | undefined,
    listener: (event: TopicEvent) => void,
  ): Subscription;
}

interface Channel {
  /** Id of the newest event; at first of none. */
  last: number;
  /** Events with ids from `last - kept.length + 1` to `last`. */
  kept: TopicEvent[];
  listeners: Set<(event: TopicEvent) => void>;
  cancelRemoval: (() => void) | undefined;
}

/** Events kept per topic, and ms a topic is kept after its last listener. */
const keptEvents = 1000;
const keptFor = 120_000;

export function createChannels(clock: Clock): Channels {
  const channels = new Map<string, Channel>();
  const nameOf = (tenantId: string, topic: Topic) => `${tenantId}\n${topic}`;

  function open(name: string): Channel {
    const existing = channels.get(name);
    if (existing) {
      existing.cancelRemoval?.();
      existing.cancelRemoval = undefined;
      return existing;
    }
    // Thousandths of a ms since 1970: ids rise over restarts and over removal, and stay below 2^53.
    const made: Channel = {
      last: clock.now() * 1000,
      kept: [],
      listeners: new Set(),
      cancelRemoval: undefined,
    };
    channels.set(name, made);
    return made;
  }

  return {
    isFollowed: (tenantId, topic) => channels.has(nameOf(tenantId, topic)),

    publish(tenantId, topic, data) {
      const channel = channels.get(nameOf(tenantId, topic));
      if (!channel) return;
      channel.last += 1;
      const event = { id: channel.last, data };
      channel.kept.push(event);
      if (channel.kept.length > keptEvents) channel.kept.shift();
      for (const listener of [...channel.listeners]) listener(event);
    },

    subscribe(tenantId, topic, after, listener) {
      const name = nameOf(tenantId, topic);
      const channel = open(name);
      channel.listeners.add(listener);
      const end = () => {
        if (!channel.listeners.delete(listener) || channel.listeners.size > 0) return;
        channel.cancelRemoval = clock.after(keptFor, () => channels.delete(name));
      };
      if (after === undefined) return { start: 'subscribed', id: channel.last, missed: [], end };
      const oldest = channel.last - channel.kept.length;
      if (after < oldest || after > channel.last)
        return { start: 'reset', id: channel.last, missed: [], end };
      return { start: 'subscribed', id: after, missed: channel.kept.filter(({ id }) => id > after), end };
    },
  };
}
