import { createClient, defineScript } from '@redis/client';
import type { Coordination, CoordinationOptions } from './ports.ts';
import {
  appendScript,
  breakScript,
  type Entry,
  observeScript,
  readScript,
  redisEvents,
} from './redisEvents.ts';
import { redisNotices } from './redisNotices.ts';
import { redisWindows, takeScript } from './redisWindows.ts';

/** ms an answer may take; then the service counts as away. */
const answerWithin = 1_000;
/** ms between pings of an idle connection, and of silence after which it is given up. */
const pingEvery = 2_000;
const silence = 5_000;
/** ms between attempts to connect again. */
const firstRetry = 20;
const longestRetry = 1_000;
/** Commands under way at once; more are refused. */
const commandsAtOnce = 10_000;

const scriptOf = <A>(text: string) =>
  defineScript({
    SCRIPT: text,
    parseCommand(parser, keys: readonly string[], args: readonly string[] = []) {
      parser.pushKeysLength([...keys]);
      parser.push(...args);
    },
    transformReply: undefined as unknown as () => A,
  });

const scripts = {
  take: scriptOf<number[]>(takeScript),
  append: scriptOf<number>(appendScript),
  read: scriptOf<Entry[]>(readScript),
  breakOff: scriptOf<number>(breakScript),
  observe: scriptOf<number>(observeScript),
};

/**
 * Windows, notices and events over a Redis: one connection for commands, one that listens. While either is lost nothing can be
 * taken, for a process that hears no notices may know things that are no longer true.
 */
export async function redisCoordination(url: string, options: CoordinationOptions): Promise<Coordination> {
  const connection = {
    url,
    name: 'baton',
    pingInterval: pingEvery,
    disableOfflineQueue: true,
    commandsQueueMaxLength: commandsAtOnce,
    socket: {
      connectTimeout: silence,
      socketTimeout: silence,
      reconnectStrategy: (retries: number) => Math.min(firstRetry * 2 ** Math.min(retries, 10), longestRetry),
    },
  };
  const commands = createClient({ ...connection, scripts });
  const listener = createClient(connection);
  // Publishing reaches every database of a server; keys do not.
  const database = commands.options.database ?? 0;
  const channel = `baton:notices:${database}`;
  const notices = redisNotices(options.newId(), (text) => within(() => commands.publish(channel, text)));
  const events = redisEvents(
    {
      append: (keys, args) => within(() => commands.append(keys, args)),
      read: (keys, args) => within(() => commands.read(keys, args)),
      breakOff: (keys, args) => within(() => commands.breakOff(keys, args)),
      observe: (keys) => within(() => commands.observe(keys)),
      say: (name, text) => within(() => commands.publish(name, text)),
      listeners: async (name) => (await within(() => commands.pubSubNumSub([name])))[name] ?? 0,
      listen: (name, received) => within(() => listener.subscribe(name, received)),
      leave: (name, received) => within(() => listener.unsubscribe(name, received)),
    },
    options,
    database,
  );

  let heard = () => {};
  const firstListening = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const firstReady = new Promise<void>((resolve) => commands.once('ready', resolve));
  let subscribed = false;
  let listening = false;
  let connected = false;
  let closed = false;
  function changed(error?: Error) {
    const usable = listening && commands.isReady;
    if (usable === connected || closed) return;
    connected = usable;
    if (usable) void events.connected();
    options.report?.(usable ? 'back' : 'lost', error?.message ?? '');
  }
  commands.on('error', changed);
  commands.on('ready', () => {
    // So that no command falls back to the script's text, and is overtaken by the next one.
    for (const { SCRIPT } of Object.values(scripts)) commands.scriptLoad(SCRIPT).catch(() => {});
    changed();
    void notices.flush();
  });
  listener.on('error', (error: Error) => {
    listening = false;
    changed(error);
  });
  listener.on('ready', async () => {
    try {
      // The client subscribes again by itself once it was subscribed, and is ready after that.
      if (!subscribed) await listener.subscribe(channel, notices.received);
      listening = listener.isReady;
      if (subscribed) notices.lose();
      subscribed = true;
      changed();
    } catch {
      // Lost again; the next connection tries.
    }
    heard();
  });

  for (const client of [commands, listener]) client.connect().catch(changed);
  // Who starts before its Redis waits a moment, then starts all the same and refuses until it is there.
  await within(() => Promise.all([firstListening, firstReady])).catch(() => {});

  return {
    notices,
    events,
    windows: redisWindows((keys, args) => {
      if (!listening) return Promise.reject(new Error('it is not connected'));
      return within(() => commands.take(keys, args));
    }),
    async ping() {
      if (!listening)
        throw new Error('Expected to hear notices of other processes, but Redis is not connected');
      await within(() => commands.ping());
    },
    async close() {
      closed = true;
      events.close();
      for (const client of [commands, listener]) client.destroy();
    },
  };

  /** The answer, or a rejection when none came in time. */
  function within<T>(ask: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = options.after(answerWithin, () =>
        reject(new Error(`there was no answer within ${answerWithin} ms`)),
      );
      ask().then(
        (answer) => {
          cancel();
          resolve(answer);
        },
        (error) => {
          cancel();
          reject(error);
        },
      );
    });
  }
}
