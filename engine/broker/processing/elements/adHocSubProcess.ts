import type { ElementOf } from '@baton/engine/model';
import { type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { activateInner, firstElements } from '../behaviors/adHocSubProcesses.ts';
import { closeEventsOf, openEvents } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { cancelJob, createJob, evaluateJob } from '../behaviors/jobs.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminateScope } from '../behaviors/transitions.ts';
import { propagate, setLocal } from '../behaviors/variables.ts';
import type { ElementContext, ElementProcessor } from '../elementContext.ts';
import type { Failure } from '../types.ts';

type AdHoc = ElementOf<'AD_HOC_SUB_PROCESS'>;

/** Elements without order: the model, a worker or a person says which of them are done, as often as it takes. */
export const adHocSubProcess: ElementProcessor<'AD_HOC_SUB_PROCESS'> = {
  prepare(adHoc, context) {
    const { processing, key, value } = context;
    const { activatable, output } = adHoc;
    const described = { adHocSubProcessElements: activatable as unknown as JsonValue };
    setLocal(described, key, value, processing);
    if (output) setLocal({ [output.collection]: [] }, key, value, processing);
    return applyInputMappings(adHoc, context);
  },
  activate: (adHoc, context) =>
    adHoc.work.kind === 'job' ? activateForWorker(adHoc, context) : activateFirst(adHoc, context),
  conclude(adHoc, context) {
    const { processing, key, value } = context;
    const collected = adHoc.output && processing.state.variables.getLocal(key, adHoc.output.collection);
    if (adHoc.output && collected)
      propagate({ [adHoc.output.collection]: collected.value }, value.flowScopeKey, value, processing);
    return applyOutputMappings(adHoc, context);
  },
  complete(adHoc, context) {
    completed(context, adHoc.outgoing);
  },
  terminate(adHoc, context) {
    cancelJob(context);
    closeEventsOf(adHoc, context);
    dropIncident(context);
    terminateScope(adHoc, context);
  },
};

function activateForWorker(adHoc: AdHoc, context: ElementContext): Result<void, Failure> {
  if (adHoc.work.kind !== 'job') return ok();
  const job = evaluateJob(adHoc.work, context);
  if (!job.ok) return job;
  const opened = openEvents([...adHoc.boundaryEvents, ...adHoc.handlers], context);
  if (!opened.ok) return opened;
  createJob(job.value, context, 'AD_HOC_SUB_PROCESS');
  activated(context);
  return ok();
}

function activateFirst(adHoc: AdHoc, context: ElementContext): Result<void, Failure> {
  const first = firstElements(adHoc, context);
  if (!first.ok) return first;
  const opened = openEvents([...adHoc.boundaryEvents, ...adHoc.handlers], context);
  if (!opened.ok) return opened;
  activated(context);
  for (const activation of first.value) activateInner(adHoc, activation, context);
  return ok();
}
