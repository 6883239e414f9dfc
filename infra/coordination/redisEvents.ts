import {
  createTail,
  type EventTail,
  keptCharacters,
  keptEvents,
  keptFor,
  keptNames,
  type LogRead,
} from './eventTail.ts';
import type { CoordinationOptions, EventStream, Events } from './ports.ts';

/** ms between two times that a process says what it follows; what nobody says for `heldFor` is forgotten. */
const sayEvery = 30_000;
const heldFor = 150_000;
/** ms until what failed is tried again, unless the connection comes back before. */
const tryAgainAfter = 1_000;
/** Messages kept while a log is read; after more it is read again. */
const arrivedLimit = 1_000;

const stamp = `
local function stamp()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local function text(id) return string.format('%.0f', id) end
local function idOf(entry) return tonumber(string.match(entry[1], '^%d+')) end
`;

/**
 * A log is a Redis stream whose first entry stands for everything before: only who has seen exactly that entry, or a later
 * one, goes on from it. \`b\` counts the bytes up to an entry. A log that is not there is followed by nobody.
 * KEYS: log, order told of each name. ARGV: channel, event, ms to hold, and name and order of a telling.
 */
export const appendScript = `${stamp}
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then return 0 end
local now = stamp()
if ARGV[5] then
  if redis.call('ZADD', KEYS[2], 'GT', 'CH', ARGV[5], ARGV[4]) == 0 then return 0 end
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -${keptNames + 1})
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
local before = idOf(last)
local id = math.max(now, before + 1)
local bytes = tonumber(last[2][4]) + #ARGV[2]
redis.call('XADD', KEYS[1], 'MAXLEN', ${keptEvents + 1}, text(id) .. '-0', 'd', ARGV[2], 'b', text(bytes))
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
while bytes - tonumber(first[2][4]) > ${keptCharacters} and first[1] ~= text(id) .. '-0' do
  redis.call('XDEL', KEYS[1], first[1])
  first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
end
redis.call('PUBLISH', ARGV[1], text(before) .. ' ' .. text(id) .. ' ' .. ARGV[2])
return 1
`;

/**
 * Holds the log, or begins one, and answers its entries: all, or the newest.
 * KEYS: log, since when somebody observes. ARGV: ms to hold, 1 for all entries, 1 when observed.
 */
export const readScript = `${stamp}
if ARGV[3] == '1' then
  local since = redis.call('GET', KEYS[2])
  if since then redis.call('XTRIM', KEYS[1], 'MINID', since .. '-0') end
end
if redis.call('XLEN', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[1])
  redis.call('XADD', KEYS[1], text(stamp()) .. '-0', 'd', '', 'b', '0')
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
if ARGV[2] == '1' then return redis.call('XRANGE', KEYS[1], '-', '+') end
return redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
`;

/** Begins a log anew, so that nobody goes on from before. KEYS: log. ARGV: channel, ms to hold. */
export const breakScript = `${stamp}
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then return 0 end
local id = math.max(stamp(), idOf(last) + 1)
redis.call('DEL', KEYS[1])
redis.call('XADD', KEYS[1], text(id) .. '-0', 'd', '', 'b', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[1], '-1 ' .. text(id) .. ' ')
return 1
`;

/** From now on somebody observes; nobody goes on from before. KEYS: since when. */
export const observeScript = `${stamp}
redis.call('SET', KEYS[1], text(stamp()))
return 1
`;

/** As Redis answers an entry of a stream. */
export type Entry = readonly [id: string, fields: readonly string[]];

/** What is asked of a Redis; everything rejects while it is away. */
export interface EventService {
  append(keys: readonly string[], args: readonly string[]): Promise<unknown>;
  read(keys: readonly string[], args: readonly string[]): Promise<readonly Entry[]>;
  breakOff(keys: readonly string[], args: readonly string[]): Promise<unknown>;
  observe(keys: readonly string[]): Promise<unknown>;
  /** Sends to every process that listens. */
  say(channel: string, text: string): Promise<unknown>;
  /** How many listen. */
  listeners(channel: string): Promise<number>;
  listen(channel: string, heard: (text: string) => void): Promise<unknown>;
  leave(channel: string, heard: (text: string) => void): Promise<unknown>;
}

export interface RedisEvents extends Events {
  /** Commands are answered, and what is said is heard: again, or for the first time. */
  connected(): Promise<void>;
  close(): void;
}

interface Followed {
  stream: EventStream;
  channel: string;
  heard(text: string): void;
  tail: EventTail;
  listening: boolean;
  /** While the log is read: what arrives meanwhile. */
  arrived: { before: number; id: number; data: string }[] | undefined;
  again: boolean;
  cancelRetry: (() => void) | undefined;
  cancelRemoval: (() => void) | undefined;
}

const observedSince = 'baton:events-observed';
const logKey = (name: string) => `baton:events:{${name}}`;
const toldKey = (name: string) => `baton:events:{${name}}:told`;
const idOf = ([id]: Entry) => Number(id.slice(0, id.indexOf('-')));

/** @param database its number: publishing reaches every database of a server, keys do not */
export function redisEvents(
  service: EventService,
  { now, after: wait }: Pick<CoordinationOptions, 'now' | 'after'>,
  database: number,
): RedisEvents {
  const streams = new Map<string, Followed>();
  /** Streams that other processes follow, and until when they are taken to. */
  const elsewhere = new Map<string, number>();
  /** Streams of which an event could not be logged. */
  const broken = new Set<string>();
  let joined = false;
  /** Joined for the first time: whoever follows now is among those who observe. */
  let settled = false;
  let closed = false;
  let cancelMend: (() => void) | undefined;
  let cancelSay: (() => void) | undefined;
  let cancelConnect: (() => void) | undefined;

  const channelOf = (name: string) => `baton:events:${database}:${name}`;
  const followed = `baton:followed:${database}`;
  /** Says that whoever listens is to say what they follow. */
  const ask = '?';

  async function mend() {
    cancelMend?.();
    cancelMend = undefined;
    for (const name of [...broken]) {
      try {
        broken.delete(name);
        await service.breakOff([logKey(name)], [channelOf(name), String(heldFor)]);
      } catch {
        mendLater(name);
        return;
      }
    }
  }
  function mendLater(name: string) {
    broken.add(name);
    if (!closed) cancelMend ??= wait(tryAgainAfter, () => void mend());
  }

  function say(names: readonly string[]) {
    if (names.length > 0) service.say(followed, JSON.stringify(names)).catch(() => {});
  }
  function heardOfFollowers(text: string) {
    if (text === ask) return say([...streams.keys()]);
    for (const name of JSON.parse(text) as string[]) elsewhere.set(name, now() + heldFor);
  }

  function take(entry: Followed, text: string) {
    const first = text.indexOf(' ');
    const second = text.indexOf(' ', first + 1);
    const event = {
      before: Number(text.slice(0, first)),
      id: Number(text.slice(first + 1, second)),
      data: text.slice(second + 1),
    };
    if (entry.arrived) {
      if (entry.arrived.length < arrivedLimit) entry.arrived.push(event);
      else entry.again = true;
    } else goOn(entry, event);
  }

  /** Whether it follows what came before; otherwise the log is read. */
  function goOn(entry: Followed, { before, id, data }: { before: number; id: number; data: string }) {
    const { tail } = entry;
    if (tail.last !== undefined && id <= tail.last) return;
    if (before === tail.last) tail.append({ id, data });
    else void catchUp(entry);
  }

  const readLog = ({ stream: { name, observed } }: Followed, all: boolean) =>
    service.read([logKey(name), observedSince], [String(heldFor), all ? '1' : '0', observed ? '1' : '0']);

  async function catchUp(entry: Followed): Promise<void> {
    // Since when somebody observes is known then, and `connected` comes back to every stream.
    if (!settled) return;
    if (entry.arrived) {
      entry.again = true;
      return;
    }
    entry.cancelRetry?.();
    entry.cancelRetry = undefined;
    const arrived: Followed['arrived'] = [];
    entry.arrived = arrived;
    entry.again = false;
    let failed = false;
    try {
      if (!entry.listening) await service.listen(entry.channel, entry.heard);
      entry.listening = true;
      entry.tail.load(logOf(await readLog(entry, true)));
    } catch {
      failed = true;
    }
    entry.arrived = undefined;
    if (closed) return;
    if (streams.get(entry.stream.name) !== entry) return stopListening(entry);
    if (failed) {
      entry.cancelRetry = wait(tryAgainAfter, () => void catchUp(entry));
      return;
    }
    if (entry.again) return catchUp(entry);
    for (const event of arrived) goOn(entry, event);
  }

  /** Holds what is followed, looks for what was not heard, and says to others what to observe. */
  function hold() {
    if (closed) return;
    for (const [name, until] of elsewhere) if (until <= now()) elsewhere.delete(name);
    say([...streams.keys()]);
    for (const entry of streams.values()) {
      readLog(entry, false)
        .then(async ([newest]) => {
          if (newest && idOf(newest) !== entry.tail.last) await catchUp(entry);
        })
        .catch(() => {});
    }
    cancelSay = wait(sayEvery, hold);
  }

  function open(stream: EventStream): Followed {
    const existing = streams.get(stream.name);
    if (existing) {
      existing.cancelRemoval?.();
      existing.cancelRemoval = undefined;
      return existing;
    }
    const made: Followed = {
      stream,
      channel: channelOf(stream.name),
      heard: (text) => take(made, text),
      tail: createTail(),
      listening: false,
      arrived: undefined,
      again: false,
      cancelRetry: undefined,
      cancelRemoval: undefined,
    };
    streams.set(stream.name, made);
    say([stream.name]);
    void catchUp(made);
    cancelSay ??= wait(sayEvery, hold);
    return made;
  }

  function remove(entry: Followed) {
    streams.delete(entry.stream.name);
    entry.cancelRetry?.();
    stopListening(entry);
  }
  function stopListening(entry: Followed) {
    if (entry.listening) service.leave(entry.channel, entry.heard).catch(() => {});
    entry.listening = false;
  }

  async function connected(): Promise<void> {
    cancelConnect?.();
    cancelConnect = undefined;
    const first = !joined;
    joined = true;
    // Who comes first observes from now on; two who come at once both do. Who was away cannot know who was there.
    const alone = async () => !first || (await service.listeners(followed)) === 0;
    try {
      if (await alone()) await service.observe([observedSince]);
      if (first) await service.listen(followed, heardOfFollowers);
      await service.say(followed, ask);
    } catch {
      joined = !first;
      if (!closed) cancelConnect = wait(tryAgainAfter, () => void connected());
      return;
    }
    settled = true;
    say([...streams.keys()]);
    void mend();
    for (const entry of streams.values()) void catchUp(entry);
  }

  return {
    isFollowed: ({ name }) => streams.has(name) || (elsewhere.get(name) ?? 0) > now(),

    publish({ name }, data, telling) {
      const told = telling ? [telling.name, String(telling.order)] : [];
      service
        .append([logKey(name), toldKey(name)], [channelOf(name), data, String(heldFor), ...told])
        .catch(() => mendLater(name));
    },

    follow(stream, after, follower) {
      const entry = open(stream);
      const leave = entry.tail.join(after, follower);
      return () => {
        leave();
        if (entry.tail.followers > 0 || entry.cancelRemoval || closed) return;
        entry.cancelRemoval = wait(keptFor, () => remove(entry));
      };
    },

    connected,
    close() {
      closed = true;
      cancelMend?.();
      cancelSay?.();
      cancelConnect?.();
      for (const entry of streams.values()) {
        entry.cancelRetry?.();
        entry.cancelRemoval?.();
      }
    },
  };
}

function logOf(entries: readonly Entry[]): LogRead {
  const [base, ...events] = entries;
  if (!base) throw new Error('Expected a log to have a beginning, but it is empty');
  return { base: idOf(base), events: events.map((entry) => ({ id: idOf(entry), data: entry[1][1]! })) };
}
