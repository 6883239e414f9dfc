import { ok } from '@baton/engine/protocol';
import { passThrough, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Entered when every incoming flow has been taken (the guard of activation sees to it); takes all outgoing ones. */
export const parallelGateway: ElementProcessor<'PARALLEL_GATEWAY'> = {
  activate(gateway, context) {
    passThrough(context, gateway.outgoing);
    return ok();
  },
  terminate: terminateInstantly,
};
