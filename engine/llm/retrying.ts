import type { HearText, ModelProvider } from './provider.ts';

export interface Retries {
  /** How often a request is made at most, the first time counted. */
  attempts: number;
  /** ms of the first pause; each one is twice as long as the one before. */
  first: number;
  /** ms; a server that wants to be left alone for longer is asked no more. */
  longest: number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 to 1: those who failed together do not come back together. */
  chance(): number;
}

/**
 * Asks again what was not answered because the server is busy or away (429, 5xx, no connection), after the pause it asks for or
 * a growing one. What was heard in part, or refused, is not asked again.
 */
export function retrying(provider: ModelProvider, retries: Retries): ModelProvider {
  const { attempts, first, longest, wait, chance } = retries;
  return {
    ...provider,
    async generate(request, signal, heard) {
      let spoken = false;
      const hear: HearText | undefined =
        heard &&
        ((part) => {
          spoken = true;
          heard(part);
        });
      for (let attempt = 1; ; attempt += 1) {
        const result = await provider.generate(request, signal, hear);
        if (result.ok)
          return attempt === 1 ? result : { ...result, value: { ...result.value, attempts: attempt } };
        const { code, retryable, retryAfter = 0, message } = result.failure;
        const pause = Math.max(
          retryAfter,
          Math.min(longest, first * 2 ** (attempt - 1)) * (0.5 + chance() / 2),
        );
        const again = code === 'MODEL_UNAVAILABLE' && retryable && !spoken && pause <= longest;
        if (!again || attempt >= attempts) {
          const told = attempt === 1 ? message : `${message} (asked ${attempt} times)`;
          return { ...result, failure: { ...result.failure, message: told } };
        }
        await wait(pause, signal);
        if (signal.aborted) return result;
      }
    },
  };
}
