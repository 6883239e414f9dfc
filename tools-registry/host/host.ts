import type { HostCallSummary } from '../contract/index.ts';
import type { AskHost } from '../sandbox/runner.ts';
import { fetchService } from './fetch.ts';
import { createMask } from './mask.ts';
import { secretService } from './secrets.ts';
import type { HostService, ToolCallPlace } from './service.ts';
import { fileServices, stateServices } from './values.ts';

/** Everything a tool may ask for, by the name it asks with. */
const services: { readonly [name: string]: HostService } = {
  fetch: fetchService,
  'secrets.get': secretService,
  ...stateServices,
  ...fileServices,
};

/** The host of one call. */
export interface ToolHost {
  ask: AskHost;
  /** What was asked so far, in order. */
  calls: HostCallSummary[];
  mask: ToolCallPlace['mask'];
}

export function createToolHost(place: Omit<ToolCallPlace, 'mask'>): ToolHost {
  const mask = createMask();
  const calls: HostCallSummary[] = [];
  return {
    calls,
    mask,
    async ask({ name, arguments: given }, signal) {
      const service = Object.hasOwn(services, name) ? services[name] : undefined;
      if (!service || given === null || typeof given !== 'object' || Array.isArray(given))
        return {
          ok: false,
          code: 'NOT_GRANTED',
          message: `Expected something the host does, but got '${name}'`,
        };
      const startedAt = place.world.now();
      const answer = await service.answer(given, { ...place, mask }, signal);
      calls.push({
        kind: service.kind,
        what: mask.text(service.what(given)),
        ok: answer.ok,
        outcome: answer.ok ? service.outcome(answer.value) : answer.code,
        duration: place.world.now() - startedAt,
      });
      return answer;
    },
  };
}
