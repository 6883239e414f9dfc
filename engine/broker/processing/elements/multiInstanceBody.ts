import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { evaluateList } from '../behaviors/expressions.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { createNext } from '../behaviors/multiInstances.ts';
import { activated, completed, requestCompletion, terminateScope } from '../behaviors/transitions.ts';
import { propagate, setLocal } from '../behaviors/variables.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Runs its activity once for every item of a list, one after the other or all at once. Boundary events sit on it. */
export const multiInstanceBody: ElementProcessor<'MULTI_INSTANCE_BODY'> = {
  activate(body, context) {
    const { processing, key, value } = context;
    const { processInstanceKey } = value;
    const items = evaluateList(body.inputCollection, key, processing);
    if (!items.ok) return items;
    const count = items.value.length;
    processing.event('MULTI_INSTANCE', 'INPUT_COLLECTION_EVALUATED', key, {
      inputCollection: items.value,
      processInstanceKey,
    });
    const opened = openBoundaryEvents(body, context);
    if (!opened.ok) return opened;
    activated(context);
    if (body.output)
      setLocal({ [body.output.collection]: new Array(count).fill(null) }, key, value, processing);
    if (count === 0) requestCompletion(context);
    else if (body.sequential) createNext(processing.state.elementInstances.get(key)!, processing);
    else
      processing.command('PROCESS_INSTANCE_BATCH', 'ACTIVATE', processing.nextKey(), {
        processInstanceKey,
        batchElementInstanceKey: key,
        index: count,
      });
    return ok();
  },
  conclude({ output }, { processing, key, value }) {
    const collected = output && processing.state.variables.getLocal(key, output.collection);
    if (output && collected)
      propagate({ [output.collection]: collected.value }, value.flowScopeKey, value, processing);
    return ok();
  },
  complete(body, context) {
    completed(context, body.outgoing);
  },
  terminate(body, context) {
    closeBoundaryEvents(body, context);
    dropIncident(context);
    terminateScope(body, context);
  },
};
