import { closeCodes, type ServerMessage, serverMessage, type Topic } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Clock, Timers } from './host.ts';

export interface LiveState {
  state: 'connecting' | 'live' | 'offline';
  /** Since when the connection is down, in ms since 1970. */
  since?: number;
}

export interface LiveListener {
  event(data: unknown): void;
  /** Events were missed: read again what you show. Also called when the connection first stands. */
  reset?(): void;
}

export interface Live extends Readable<LiveState> {
  /** `live.subscribeTopic('workflows', { event, reset })`; ends with dispose. */
  subscribeTopic(topic: Topic, listener: LiveListener): Disposable;
  /** Opens the socket and keeps it open until disposed. */
  start(): Disposable;
}

/** The part of a WebSocket the live client uses. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code?: number; reason?: string }) => void) | null;
}

export interface LiveOptions {
  /** Opens `/ws` with the sub-protocols given. */
  open(protocols: string[]): Socket;
  token(fresh?: boolean): Promise<string | undefined>;
  clock: Clock;
  timers: Timers;
  /** Roles or their permissions changed. */
  accessChanged?(): void;
  /** Let in no more, with the error code that says why; `undefined` when let in again. */
  shutOut?(code: string | undefined): void;
  /** Milliseconds before try n (0-based). Default: doubling from half a second to 15 seconds. */
  backOff?(attempt: number): number;
}

const pingEvery = 25_000;
/** Milliseconds before asking again whether one is let in. */
const askAgainAfter = 15_000;

/** One socket for all topics; after a break it resumes each topic behind the last event seen. */
export function createLive(options: LiveOptions): Live {
  const backOff = options.backOff ?? ((attempt) => Math.min(15_000, 500 * 2 ** attempt));
  const store = createStore<LiveState>(() => ({ state: 'connecting' }));
  const topics = new Map<string, { listeners: Set<LiveListener>; last?: number; denied?: boolean }>();
  let socket: Socket | undefined;
  let attempt = 0;
  /** The last socket closed before it opened: perhaps the token was refused. */
  let refused = false;
  let running = false;
  let isShutOut = false;
  let waiting: Disposable | undefined;
  let ping: Disposable | undefined;

  const send = (message: unknown) => {
    if (store.getState().state === 'live') socket?.send(JSON.stringify(message));
  };
  const subscribe = (topic: string) => {
    const after = topics.get(topic)?.last;
    send(after === undefined ? { type: 'subscribe', topic } : { type: 'subscribe', topic, after });
  };
  const schedulePing = () => {
    ping = options.timers.after(pingEvery, () => {
      send({ type: 'ping' });
      schedulePing();
    });
  };

  function receive(message: ServerMessage) {
    // Whoever is shut out is told nothing but that.
    if (isShutOut) {
      isShutOut = false;
      options.shutOut?.(undefined);
    }
    if (message.type === 'access') {
      options.accessChanged?.();
      for (const [name, { denied }] of topics) if (denied) subscribe(name);
      return;
    }
    const topic = 'topic' in message && message.topic ? topics.get(message.topic) : undefined;
    if (!topic) return;
    topic.denied = message.type === 'ended' || message.type === 'error';
    if (!('id' in message)) {
      // What happens meanwhile is not seen: whoever may see it again reads it again.
      delete topic.last;
      return;
    }
    const first = topic.last === undefined;
    topic.last = Math.max(topic.last ?? 0, message.id);
    for (const listener of [...topic.listeners]) {
      if (message.type === 'event') listener.event(message.data);
      else if (message.type === 'reset' || first) listener.reset?.();
    }
    if (message.type === 'reset') topic.last = message.id;
  }

  async function connect() {
    const token = await options.token(refused);
    if (!running) return;
    if (!token) return lost();
    const own = options.open(['baton', `bearer.${token}`]);
    socket = own;
    refused = true;
    own.onopen = () => {
      refused = false;
      attempt = 0;
      store.setState({ state: 'live' }, true);
      for (const topic of topics.keys()) subscribe(topic);
      schedulePing();
    };
    own.onmessage = ({ data }) => {
      const parsed = serverMessage.safeParse(JSON.parse(String(data)));
      if (parsed.success) receive(parsed.data);
    };
    own.onclose = ({ code, reason }) => {
      if (socket !== own) return;
      if (code !== closeCodes.shutOut) return lost();
      isShutOut = true;
      options.shutOut?.(reason ?? '');
      lost(askAgainAfter);
    };
  }

  function lost(after = backOff(attempt++)) {
    socket = undefined;
    ping?.dispose();
    if (!running) return;
    const before = store.getState();
    store.setState({ state: 'offline', since: before.since ?? options.clock.now() }, true);
    waiting = options.timers.after(after, () => void connect());
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    subscribeTopic(topic, listener) {
      const entry = topics.get(topic) ?? { listeners: new Set<LiveListener>() };
      const isNew = entry.listeners.size === 0;
      entry.listeners.add(listener);
      topics.set(topic, entry);
      if (isNew) subscribe(topic);
      return disposable(() => {
        entry.listeners.delete(listener);
        if (entry.listeners.size > 0) return;
        topics.delete(topic);
        send({ type: 'unsubscribe', topic });
      });
    },
    start() {
      running = true;
      void connect();
      return disposable(() => {
        running = false;
        waiting?.dispose();
        ping?.dispose();
        socket?.close();
      });
    },
  };
}
