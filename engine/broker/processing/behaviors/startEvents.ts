import type { ElementOf, ExecutableProcess, StartTrigger } from '@baton/engine/model';
import { failed, type JsonObject, ok, type ProcessInstanceValue, type Result } from '@baton/engine/protocol';
import type { Process } from '../../state/processes.ts';
import type { ElementContext } from '../elementContext.ts';
import type { ProcessingContext } from '../types.ts';
import { enterEvent } from './catchEvents.ts';
import { evaluateString } from './expressions.ts';
import { type Schedule, scheduleOf } from './schedules.ts';

/** Start events have no variables to look at. */
const NO_SCOPE = -1;

export function newInstance(
  { key: processDefinitionKey, value: { bpmnProcessId, version } }: Process,
  processing: ProcessingContext,
): ProcessInstanceValue {
  return {
    bpmnProcessId,
    version,
    processDefinitionKey,
    processInstanceKey: processing.nextKey(),
    elementId: bpmnProcessId,
    bpmnElementType: 'PROCESS',
    flowScopeKey: -1,
    parentProcessInstanceKey: -1,
    parentElementInstanceKey: -1,
  };
}

/** What a start event waits for has happened: an instance begins there. */
export function startInstance(
  process: Process,
  startEventId: string,
  variables: JsonObject,
  processing: ProcessingContext,
): number {
  const instance = newInstance(process, processing);
  const { processInstanceKey } = instance;
  processing.event('PROCESS_EVENT', 'TRIGGERING', processing.nextKey(), {
    scopeKey: processInstanceKey,
    targetElementId: startEventId,
    variables,
    processDefinitionKey: process.key,
    processInstanceKey,
  });
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', processInstanceKey, instance);
  return processInstanceKey;
}

/** Enters the start event whose trigger began the instance in `context`; false when a client began it. */
export function enterTriggeredStart(
  { triggeredStartEvents }: ElementOf<'PROCESS'>,
  context: ElementContext,
): boolean {
  for (const id of triggeredStartEvents) {
    const trigger = context.processing.state.eventTriggers.get(context.key, id);
    if (!trigger) continue;
    enterEvent(context.process.elements.get(id)!, trigger, context.key, context);
    return true;
  }
  return false;
}

function triggersOf({ root, elements }: ExecutableProcess) {
  return root.triggeredStartEvents.map((id) => {
    const { trigger } = elements.get(id) as ElementOf<'START_EVENT'>;
    return { id, trigger: trigger as StartTrigger };
  });
}

function scheduleAtStart(
  { timer: { kind, expression } }: Extract<StartTrigger, { kind: 'timer' }>,
  processing: ProcessingContext,
): Result<Schedule, string> {
  const text = evaluateString(expression, NO_SCOPE, processing);
  if (!text.ok) return failed(text.failure.message);
  const schedule = scheduleOf(kind, text.value, expression.text, processing.now);
  return schedule.ok ? schedule : failed(`Invalid timer ${kind} expression (${schedule.failure})`);
}

/** Whether everything its start events wait for can be told now, without variables; else what is wrong where. */
export function checkStartEvents(
  process: ExecutableProcess,
  processing: ProcessingContext,
): Result<void, { elementId: string; message: string }> {
  for (const { id, trigger } of triggersOf(process)) {
    const checked = scheduleAtStart(trigger, processing);
    if (!checked.ok) return failed({ elementId: id, message: checked.failure });
  }
  return ok();
}

/** From now on the start events of this version begin instances. */
export function openStartEvents(process: Process, processing: ProcessingContext): void {
  for (const { id, trigger } of triggersOf(processing.state.processes.executable(process.key))) {
    const schedule = scheduleAtStart(trigger, processing);
    if (!schedule.ok) continue;
    processing.event('TIMER', 'CREATED', processing.nextKey(), {
      elementInstanceKey: -1,
      processInstanceKey: -1,
      processDefinitionKey: process.key,
      targetElementId: id,
      ...schedule.value,
    });
  }
}

/** A newer version takes over: the start events of this one begin nothing any more. */
export function closeStartEvents(processDefinitionKey: number, processing: ProcessingContext): void {
  for (const timer of processing.state.timers.ofOwner(processDefinitionKey))
    processing.event('TIMER', 'CANCELED', timer.key, timer.value);
}
