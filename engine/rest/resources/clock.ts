import { failed, ok } from '@baton/engine/protocol';
import { forbidden } from '../problem.ts';
import { faults, readBody } from '../requests.ts';
import type { Routes } from '../route.ts';

const notAllowed = forbidden(
  'Expected the clock to be under the control of clients, but it is not. Set BROKER_CLOCK_CONTROL to true to allow it',
);

/** The broker's clock, for tests of processes. */
export const clock: Routes = {
  'PUT /v2/clock': (request, context) => {
    if (!context.clock) return failed(notAllowed);
    const body = readBody(request);
    if (!body.ok) return body;
    const { timestamp } = body.value;
    const fault = faults(
      typeof timestamp !== 'number'
        ? 'No timestamp provided.'
        : timestamp < 0 && `The value for timestamp is '${timestamp}' but must be not negative.`,
    );
    if (fault) return failed(fault);
    context.clock.pin(Number(timestamp));
    return ok({ status: 204 });
  },

  'POST /v2/clock/reset': (_, context) => {
    if (!context.clock) return failed(notAllowed);
    context.clock.reset();
    return ok({ status: 204 });
  },
};
