import { failed, ok } from '@baton/engine/protocol';
import type { Window, Windows } from './ports.ts';
import { tightest, type WindowState } from './tightest.ts';

/**
 * Each window is a list of the times (µs of the server's clock) of its takes, oldest first: taking is one push, forgetting
 * one pop. Time never goes back, whatever the server's clock does, so the list stays sorted.
 * KEYS: the lists. ARGV: limit and span (ms) of each. Answers 1 or 0, then count, ms until open and ms until reset of each.
 */
export const takeScript = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
for _, key in ipairs(KEYS) do
  local last = redis.call('LINDEX', key, -1)
  if last and tonumber(last) > now then now = tonumber(last) end
end
local counts = {}
local allowed = 1
for i, key in ipairs(KEYS) do
  local ended = now - tonumber(ARGV[2 * i]) * 1000
  local first = redis.call('LINDEX', key, 0)
  while first and tonumber(first) <= ended do
    redis.call('LPOP', key)
    first = redis.call('LINDEX', key, 0)
  end
  counts[i] = redis.call('LLEN', key)
  if counts[i] >= tonumber(ARGV[2 * i - 1]) then allowed = 0 end
end
if allowed == 1 then
  for i, key in ipairs(KEYS) do
    counts[i] = redis.call('RPUSH', key, string.format('%.0f', now))
    redis.call('PEXPIRE', key, ARGV[2 * i])
  end
end
local answer = { allowed }
for i, key in ipairs(KEYS) do
  local limit = tonumber(ARGV[2 * i - 1])
  local span = tonumber(ARGV[2 * i]) * 1000
  local opens = 0
  local reset = 0
  if counts[i] > 0 then
    reset = math.ceil((tonumber(redis.call('LINDEX', key, -1)) + span - now) / 1000)
  end
  if limit == 0 then
    opens = span / 1000
  elseif counts[i] >= limit then
    opens = math.ceil((tonumber(redis.call('LINDEX', key, counts[i] - limit)) + span - now) / 1000)
  end
  answer[3 * i - 1] = counts[i]
  answer[3 * i] = opens
  answer[3 * i + 1] = reset
end
return answer
`;

/** Runs the script with its keys and arguments. */
export type RunTake = (keys: readonly string[], args: readonly string[]) => Promise<readonly number[]>;

/** Exact sliding windows for all processes that share a Redis. */
export function redisWindows(run: RunTake): Windows {
  return {
    async take(windows: readonly Window[]) {
      let answer: readonly number[];
      try {
        answer = await run(
          windows.map(({ key }) => `baton:window:${key}`),
          windows.flatMap(({ limit, span }) => [String(limit), String(span)]),
        );
      } catch (error) {
        return failed({
          code: 'UNAVAILABLE' as const,
          message: `Expected Redis to count, but ${error instanceof Error ? error.message : 'it did not'}`,
        });
      }
      const states = windows.map(
        (_, index): WindowState => ({
          count: answer[3 * index + 1]!,
          opens: answer[3 * index + 2]!,
          reset: answer[3 * index + 3]!,
        }),
      );
      return ok(tightest(windows, states, answer[0] === 1));
    },
  };
}
