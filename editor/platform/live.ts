import { closeCodes, type ServerMessage, serverMessage, type Topic } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposable } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import type { Clock, Network, Timers } from './host.ts';

export interface LiveState {
  state: 'connecting' | 'live' | 'offline';
  /** Since when the connection is down, in ms since 1970. */
  since?: number;
}

export interface LiveListener {
  event(data: unknown): void;
  /**
   * Events were missed: read again what you show. Also called when a topic is first heard; a moment later where that is
   * the start of the page, which has just read everything.
   */
  reset?(): void;
}

export interface Live extends Readable<LiveState> {
  /** `live.subscribeTopic('workflows', { event, reset })`; ends with dispose. */
  subscribeTopic(topic: Topic, listener: LiveListener): Disposable;
  /** Tries at once instead of when the wait is over. */
  tryNow(): void;
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
  /** Whether the machine has a network, as far as the browser knows. */
  network?: Network;
  /** 0 to 1: so much of half the wait before a try is left out, so that not everybody comes back at the same moment. */
  random?(): number;
  /** Milliseconds before try n (0-based). Default: doubling from half a second to 15 seconds. */
  backOff?(attempt: number): number;
}

const pingEvery = 25_000;
/** Milliseconds until a connection opens, or a ping is answered, before it counts as broken. */
const answerWithin = 10_000;
/** What was missed while the page started is read again this many ms later: first it is drawn. */
const afterStart = 2_000;
/** Milliseconds before asking again whether one is let in. */
const askAgainAfter = 15_000;

/** One socket for all topics; after a break it resumes each topic behind the last event seen. */
export function createLive(options: LiveOptions): Live {
  const backOff = options.backOff ?? ((attempt) => Math.min(15_000, 500 * 2 ** attempt));
  const random = options.random ?? (() => 0);
  const store = createStore<LiveState>(() => ({ state: 'connecting' }));
  const topics = new Map<
    string,
    { listeners: Set<LiveListener>; last?: number; denied?: boolean; atStart?: boolean }
  >();
  let socket: Socket | undefined;
  let attempt = 0;
  /** The last socket closed before it opened: perhaps the token was refused. */
  let refused = false;
  let running = false;
  let isShutOut = false;
  let waiting: Disposable | undefined;
  let starting: Disposable | undefined;
  const missed = new Set<string>();
  let ping: Disposable | undefined;
  /** Runs out when nothing is heard. */
  let silence: Disposable | undefined;

  const send = (message: unknown) => {
    if (store.getState().state === 'live') socket?.send(JSON.stringify(message));
  };
  const subscribe = (topic: string) => {
    const after = topics.get(topic)?.last;
    send(after === undefined ? { type: 'subscribe', topic } : { type: 'subscribe', topic, after });
  };
  const schedulePing = () => {
    ping = options.timers.after(pingEvery, () => {
      check();
      schedulePing();
    });
  };
  /** A connection that broke without a word still counts as open: whether it stands shows by an answer. */
  function check() {
    send({ type: 'ping' });
    listen();
  }
  function listen() {
    silence?.dispose();
    const own = socket;
    silence = options.timers.after(answerWithin, () => {
      own?.close();
      if (own && own === socket) lost();
    });
  }

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
    // What was on its way when the topic was left, or is known already.
    if (message.type === 'event' && (first || message.id <= topic.last!)) return;
    topic.last = Math.max(topic.last ?? 0, message.id);
    if (first && topic.atStart && message.type === 'subscribed') return missedAtStart(message.topic);
    for (const listener of [...topic.listeners]) {
      if (message.type === 'event') listener.event(message.data);
      else if (message.type === 'reset' || first) listener.reset?.();
    }
    if (message.type === 'reset') topic.last = message.id;
  }

  function missedAtStart(topic: string) {
    missed.add(topic);
    starting ??= options.timers.after(afterStart, () => {
      starting = undefined;
      for (const name of missed)
        for (const listener of [...(topics.get(name)?.listeners ?? [])]) listener.reset?.();
      missed.clear();
    });
  }

  async function connect() {
    const token = await options.token(refused).catch(() => undefined);
    if (!running || socket) return;
    if (!token) return lost();
    const own = options.open(['baton', `bearer.${token}`]);
    socket = own;
    refused = true;
    listen();
    own.onopen = () => {
      if (socket !== own) return own.close();
      silence?.dispose();
      refused = false;
      const atStart = store.getState().state === 'connecting';
      store.setState({ state: 'live' }, true);
      for (const [name, topic] of topics) {
        topic.atStart = atStart;
        subscribe(name);
      }
      schedulePing();
    };
    own.onmessage = ({ data }) => {
      if (socket !== own) return;
      silence?.dispose();
      // Only now: a connection that opens and breaks at once is to be tried less and less often.
      attempt = 0;
      const parsed = serverMessage.safeParse(JSON.parse(String(data)));
      if (parsed.success) receive(parsed.data);
    };
    own.onclose = ({ code, reason }) => {
      if (socket !== own) return;
      refused ||= code === closeCodes.tokenEnded;
      if (code !== closeCodes.shutOut) return lost();
      isShutOut = true;
      options.shutOut?.(reason ?? '');
      lost(askAgainAfter);
    };
  }

  function lost(after?: number) {
    socket = undefined;
    ping?.dispose();
    silence?.dispose();
    if (!running) return;
    const before = store.getState();
    store.setState({ state: 'offline', since: before.since ?? options.clock.now() }, true);
    const wait = after ?? backOff(attempt++) * (1 - random() / 2);
    waiting?.dispose();
    waiting = options.timers.after(wait, tryAgain);
  }
  function tryAgain() {
    waiting?.dispose();
    waiting = undefined;
    void connect();
  }

  function networkChanged(online: boolean) {
    if (store.getState().state === 'live') return check();
    // Who is shut out is let in no sooner for it.
    if (!online || !waiting || isShutOut) return;
    attempt = 0;
    tryAgain();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    tryNow() {
      if (waiting && !isShutOut) tryAgain();
    },
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
      const watching = options.network?.watch(networkChanged);
      return disposable(() => {
        running = false;
        watching?.dispose();
        silence?.dispose();
        waiting?.dispose();
        starting?.dispose();
        ping?.dispose();
        socket?.close();
      });
    },
  };
}
