import type { ElementOf } from '@baton/engine/model';
import {
  type AdHocActivation,
  type AdHocSubProcessInstructionValue,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import type { ElementInstance } from '../../state/elementInstances.ts';
import { contextOf, type ElementContext, elementOf, sibling } from '../elementContext.ts';
import type { Failure, ProcessingContext } from '../types.ts';
import { evaluate, evaluateBoolean, evaluateList } from './expressions.ts';
import { dropIncident, raiseIncident } from './incidents.ts';
import { cancelJob, createJob, evaluateJob } from './jobs.ts';
import { propagate, setLocal } from './variables.ts';

type AdHoc = ElementOf<'AD_HOC_SUB_PROCESS'>;

/** The ad-hoc sub-process of an instance that is one. */
export function adHocOf(instance: ElementInstance, processing: ProcessingContext): AdHoc {
  return elementOf(contextOf(instance, processing)) as AdHoc;
}

/** What a model without a worker begins with. */
export function firstElements(
  { work, activatable }: AdHoc,
  { processing, key }: ElementContext,
): Result<AdHocActivation[], Failure> {
  if (work.kind === 'job' || !work.active) return ok([]);
  const failure = (message: string) =>
    failed<Failure>({ errorType: 'EXTRACT_VALUE_ERROR', message, variableScopeKey: key });
  const list = evaluateList(work.active, key, processing);
  if (!list.ok) return failure(`Failed to activate ad-hoc elements. ${list.failure.message}`);
  const ids = list.value.filter((entry) => typeof entry === 'string');
  if (ids.length < list.value.length)
    return failure(
      `Failed to activate ad-hoc elements. Expected result of the expression '${work.active.text}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.`,
    );
  const unknown = unknownElements(activatable, ids, key);
  if (unknown) return failure(unknown);
  return ok(ids.map((elementId) => ({ elementId, variables: {} })));
}

/** Why some of the elements cannot be activated; undefined when all can. */
export function unknownElements(
  activatable: AdHoc['activatable'],
  ids: readonly string[],
  key: number,
): string | undefined {
  const unknown = ids.filter((id) => !activatable.some(({ elementId }) => elementId === id));
  if (unknown.length === 0) return undefined;
  return `Expected to activate activities for ad-hoc sub-process with key '${key}', but the given elements [${unknown.join(', ')}] do not exist.`;
}

/** Begins an element in an inner instance of its own, which holds what it is given. */
export function activateInner(
  { inner }: AdHoc,
  { elementId, variables }: AdHocActivation,
  { processing, process, key, value }: ElementContext,
): void {
  const innerKey = processing.nextKey();
  const innerValue = { ...sibling(value, inner.id, inner.type), flowScopeKey: key };
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATING', innerKey, innerValue);
  processing.event('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED', innerKey, innerValue);
  if (inner.ownVariable !== undefined) setLocal({ [inner.ownVariable]: null }, innerKey, value, processing);
  setLocal(variables, innerKey, value, processing);
  const element = process.elements.get(elementId)!;
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', -1, {
    ...sibling(value, elementId, element.type),
    flowScopeKey: innerKey,
  });
}

/** One way through has ended: what came of it joins the results. */
export function collect(adHoc: AdHoc, inner: ElementContext): Result<void, Failure> {
  if (!adHoc.output) return ok();
  const { processing, key, value } = inner;
  const { collection, element } = adHoc.output;
  const result = evaluate(element, key, processing);
  if (!result.ok) return result;
  const collected = processing.state.variables.getLocal(value.flowScopeKey, collection)?.value;
  if (!Array.isArray(collected))
    return failed({
      errorType: 'EXTRACT_VALUE_ERROR',
      message: `The output collection has the wrong type. Expected ARRAY but was ${typeName(collected)}.`,
      variableScopeKey: key,
    });
  setLocal({ [collection]: [...collected, result.value.value] }, value.flowScopeKey, value, processing);
  return ok();
}

/** The end of an event sub-process in an ad-hoc sub-process counts like that of a way through. */
export function collectFrom(handler: ElementContext): Result<void, Failure> {
  const { processing, value } = handler;
  const scope = processing.state.elementInstances.get(value.flowScopeKey);
  if (scope?.value.bpmnElementType !== 'AD_HOC_SUB_PROCESS') return ok();
  return collect(adHocOf(scope, processing), handler);
}

function typeName(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return 'NIL';
  if (typeof value === 'object') return Array.isArray(value) ? 'ARRAY' : 'MAP';
  if (typeof value === 'number') return Number.isInteger(value) ? 'INTEGER' : 'FLOAT';
  return typeof value === 'string' ? 'STRING' : 'BOOLEAN';
}

/** Whether the model says that it is enough; undefined when it leaves it to what runs. */
export function isEnough({ work }: AdHoc, key: number, processing: ProcessingContext) {
  if (work.kind === 'job' || !work.completionCondition) return ok(undefined);
  const enough = evaluateBoolean(work.completionCondition, key, processing);
  if (enough.ok) return enough;
  const message = `Failed to evaluate completion condition. ${enough.failure.message}`;
  return failed<Failure>({ ...enough.failure, message });
}

/** Something in the ad-hoc sub-process has ended by itself: it ends as well, or its worker is asked what is next. */
export function continueAdHoc(scope: ElementInstance, processing: ProcessingContext): void {
  if (scope.state !== 'ACTIVATED') return;
  const adHoc = adHocOf(scope, processing);
  if (adHoc.work.kind === 'job') {
    if (!processing.state.adHocSubProcesses.isFulfilled(scope.key)) askWorker(adHoc, scope, processing);
    else if (scope.children === 0) complete(scope, processing);
    return;
  }
  const enough = isEnough(adHoc, scope.key, processing);
  if (!enough.ok || enough.value === false) return;
  if (enough.value && adHoc.work.cancelRemaining) endAll(scope, processing);
  if (scope.children === 0) complete(scope, processing);
}

/** Something in the ad-hoc sub-process was ended from outside: with the last of it the sub-process may be over. */
export function endedInAdHoc(scope: ElementInstance, processing: ProcessingContext): void {
  if (scope.state !== 'ACTIVATED' || scope.children > 0) return;
  const adHoc = adHocOf(scope, processing);
  if (adHoc.work.kind === 'job') {
    if (processing.state.adHocSubProcesses.isFulfilled(scope.key)) complete(scope, processing);
    return;
  }
  const enough = isEnough(adHoc, scope.key, processing);
  if (enough.ok && enough.value !== false) complete(scope, processing);
}

/** One job at a time: the newest knows all that has happened. */
function askWorker({ work }: AdHoc, scope: ElementInstance, processing: ProcessingContext): void {
  if (work.kind !== 'job') return;
  const context = contextOf(scope, processing);
  cancelJob(context);
  dropIncident(context);
  const job = evaluateJob(work, context);
  if (job.ok) createJob(job.value, context, 'AD_HOC_SUB_PROCESS');
  else raiseIncident(job.failure, context);
}

export function endAll({ key }: ElementInstance, processing: ProcessingContext): void {
  for (const child of processing.state.elementInstances.children(key))
    processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', child.key, child.value);
}

export function complete({ key, value }: ElementInstance, processing: ProcessingContext): void {
  processing.command('PROCESS_INSTANCE', 'COMPLETE_ELEMENT', key, value);
}

/** What the worker of an ad-hoc sub-process has decided follows from its job. */
export function instruct(
  instruction: AdHocSubProcessInstructionValue,
  variables: JsonObject,
  processing: ProcessingContext,
): void {
  const { adHocSubProcessInstanceKey: key, activateElements, completionConditionFulfilled } = instruction;
  const scope = processing.state.elementInstances.get(key);
  if (!scope) return;
  propagate(variables, key, scope.value, processing);
  if (activateElements.length > 0)
    processing.command('AD_HOC_SUB_PROCESS_INSTRUCTION', 'ACTIVATE', key, instruction);
  if (completionConditionFulfilled)
    processing.command('AD_HOC_SUB_PROCESS_INSTRUCTION', 'COMPLETE', key, instruction);
}
