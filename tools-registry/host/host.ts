import type { HostCallSummary, ToolQuestion } from '../contract/index.ts';
import { type AskHost, WAITS } from '../sandbox/runner.ts';
import { dataServices } from './data.ts';
import { mongodbService, sqlService } from './databases.ts';
import { emailService } from './email.ts';
import { fetchService } from './fetch.ts';
import { createMask } from './mask.ts';
import { modelService } from './model.ts';
import { questionService } from './question.ts';
import { searchServices } from './search.ts';
import { secretService } from './secrets.ts';
import type { HostService, ToolCallPlace } from './service.ts';
import { fileServices, stateServices } from './values.ts';

/** Everything a tool may ask for, by the name it asks with. */
const services: { readonly [name: string]: HostService } = {
  fetch: fetchService,
  'secrets.get': secretService,
  ask: questionService,
  'db.query': sqlService,
  mongodb: mongodbService,
  'email.send': emailService,
  'llm.ask': modelService,
  ...dataServices,
  ...searchServices,
  ...stateServices,
  ...fileServices,
};

/** The host of one call. */
export interface ToolHost {
  ask: AskHost;
  /** What was asked so far, in order. */
  calls: HostCallSummary[];
  mask: ToolCallPlace['mask'];
  /** What only a person can answer, in the order it was asked. */
  questions: readonly ToolQuestion[];
}

export function createToolHost(place: Omit<ToolCallPlace, 'mask' | 'questions'>): ToolHost {
  const mask = createMask();
  const calls: HostCallSummary[] = [];
  const questions: ToolQuestion[] = [];
  return {
    calls,
    mask,
    questions,
    async ask({ name, arguments: given, call }, signal) {
      const service = Object.hasOwn(services, name) ? services[name] : undefined;
      if (!service || given === null || typeof given !== 'object' || Array.isArray(given))
        return {
          ok: false,
          code: 'NOT_GRANTED',
          message: `Expected something the host does, but got '${name}'`,
        };
      const startedAt = place.world.now();
      const answer = await service.answer(given, { ...place, mask, questions }, signal, call);
      calls.push({
        kind: service.kind,
        what: mask.text(service.what(given)),
        ok: answer === WAITS || answer.ok,
        outcome: answer === WAITS ? 'asked' : answer.ok ? service.outcome(answer.value) : answer.code,
        duration: place.world.now() - startedAt,
      });
      return answer;
    },
  };
}
