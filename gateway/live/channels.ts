import type { EventStream, Events, LoggedEvent, Telling } from '@baton/infra/coordination';
import type { Topic } from '../api/index.ts';

/** What somebody who follows a topic is told. */
export interface TopicListener {
  /** Every event after this id follows. */
  subscribed(id: number): void;
  /** Events were missed, or the place is not known: those after this id follow. At first, or at any time later. */
  reset(id: number): void;
  /** The message as it goes over the wire, the same for everybody. */
  event(message: Buffer): void;
}

/** Events of each tenant's topics, the same in every gateway: whoever lost a connection resumes at any of them. */
export interface Channels {
  /**
   * Announces; neither waits nor fails. Nothing is kept while nobody listens: whoever comes later reads the state first.
   * @param telling of what every gateway announces, because it does not happen in one of them
   */
  publish(tenantId: string, topic: Topic, data: unknown, telling?: Telling): void;
  isFollowed(tenantId: string, topic: Topic): boolean;
  /** @returns the end of it */
  subscribe(tenantId: string, topic: Topic, after: number | undefined, listener: TopicListener): () => void;
}

/** Topics with events of the engine, which every gateway hears for itself. */
const isObserved = (topic: Topic) =>
  topic === 'instances' || topic === 'user-tasks' || topic === 'runs' || topic.startsWith('instance:');

const streamOf = (tenantId: string, topic: Topic): EventStream => ({
  name: `${tenantId}/${topic}`,
  observed: isObserved(topic),
});

export function createChannels(events: Events): Channels {
  const messages = new WeakMap<LoggedEvent, Buffer>();
  /** Written once for all who listen. */
  function messageOf(topic: Topic, event: LoggedEvent): Buffer {
    const written = messages.get(event);
    if (written) return written;
    const made = Buffer.from(`{"type":"event","topic":"${topic}","id":${event.id},"data":${event.data}}`);
    messages.set(event, made);
    return made;
  }
  return {
    isFollowed: (tenantId, topic) => events.isFollowed(streamOf(tenantId, topic)),

    publish(tenantId, topic, data, telling) {
      const stream = streamOf(tenantId, topic);
      // Whoever listens has a gateway that announces it too.
      if (telling && !events.isFollowed(stream)) return;
      events.publish(stream, JSON.stringify(data), telling);
    },

    subscribe: (tenantId, topic, after, listener) =>
      events.follow(streamOf(tenantId, topic), after, {
        begun: listener.subscribed,
        lost: listener.reset,
        heard: (event) => listener.event(messageOf(topic, event)),
      }),
  };
}
