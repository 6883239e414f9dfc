import type { ElementOf, ExecutableContainer, ExecutableProcess, StartTrigger } from '@baton/engine/model';
import { failed, type JsonObject, ok, type ProcessInstanceValue, type Result } from '@baton/engine/protocol';
import type { Process } from '../../state/processes.ts';
import type { ElementContext } from '../elementContext.ts';
import type { ProcessingContext } from '../types.ts';
import { enterEvent, enterTriggeredEvent } from './catchEvents.ts';
import { closeConditions, conditionOf } from './conditions.ts';
import { evaluateString, evaluateTime } from './expressions.ts';
import { scheduleOf } from './schedules.ts';

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

/** What a start event waits for has happened: the instance begins there. */
export function startInstance(
  instance: ProcessInstanceValue,
  startEventId: string,
  variables: JsonObject,
  processing: ProcessingContext,
): void {
  const { processInstanceKey, processDefinitionKey } = instance;
  processing.event('PROCESS_EVENT', 'TRIGGERING', processing.nextKey(), {
    scopeKey: processInstanceKey,
    targetElementId: startEventId,
    variables,
    processDefinitionKey,
    processInstanceKey,
  });
  processing.command('PROCESS_INSTANCE', 'ACTIVATE_ELEMENT', processInstanceKey, instance);
}

/** Enters the start event whose trigger began the container in `context`; false when there is none that brought anything. */
export function enterTriggeredStart(
  { type, triggeredStartEvents }: ExecutableContainer,
  context: ElementContext,
): boolean {
  for (const id of triggeredStartEvents) {
    const trigger = context.processing.state.eventTriggers.get(context.key, id);
    if (!trigger) continue;
    const event = context.process.elements.get(id) as ElementOf<'START_EVENT'>;
    // that of an event sub-process is entered like any other element (as observed)
    const enter = type === 'PROCESS' ? enterTriggeredEvent : enterEvent;
    enter(event, trigger, context.key, context);
    return true;
  }
  return false;
}

function triggersOf({ root, elements }: ExecutableProcess) {
  return root.triggeredStartEvents.flatMap((id) => {
    const { trigger } = elements.get(id) as ElementOf<'START_EVENT'>;
    // what cannot happen before there is an instance begins none
    return trigger.kind in starters ? [{ id, trigger: trigger as StartTrigger }] : [];
  });
}

/** Opens what one start event waits for. */
type Open = (startEventId: string, process: Process) => void;

type Starter<K extends StartTrigger['kind']> = (
  trigger: Extract<StartTrigger, { kind: K }>,
  processing: ProcessingContext,
) => Result<Open, string>;

/** How each kind of start event waits. What it waits for is told at deployment, without variables. */
const starters: { readonly [K in StartTrigger['kind']]: Starter<K> } = {
  timer({ timer }, processing) {
    const { kind, expression } = timer;
    const text = evaluateTime(timer, NO_SCOPE, processing);
    if (!text.ok) return failed(text.failure.message);
    const schedule = scheduleOf(kind, text.value, expression.text, processing.now);
    if (!schedule.ok) return failed(`Invalid timer ${kind} expression (${schedule.failure})`);
    return ok((targetElementId, process) =>
      processing.event('TIMER', 'CREATED', processing.nextKey(), {
        elementInstanceKey: -1,
        processInstanceKey: -1,
        processDefinitionKey: process.key,
        targetElementId,
        ...schedule.value,
      }),
    );
  },
  message({ name }, processing) {
    const messageName = evaluateString(name, NO_SCOPE, processing);
    if (!messageName.ok) return failed(messageName.failure.message);
    return ok((startEventId, process) =>
      processing.event('MESSAGE_START_EVENT_SUBSCRIPTION', 'CREATED', processing.nextKey(), {
        bpmnProcessId: process.value.bpmnProcessId,
        processDefinitionKey: process.key,
        startEventId,
        messageName: messageName.value,
        messageKey: -1,
        processInstanceKey: -1,
        correlationKey: '',
        variables: {},
      }),
    );
  },
  signal({ name }, processing) {
    const signalName = evaluateString(name, NO_SCOPE, processing);
    if (!signalName.ok) return failed(signalName.failure.message);
    return ok((catchEventId, process) =>
      processing.event('SIGNAL_SUBSCRIPTION', 'CREATED', processing.nextKey(), {
        signalName: signalName.value,
        bpmnProcessId: process.value.bpmnProcessId,
        processDefinitionKey: process.key,
        catchEventId,
        catchEventInstanceKey: -1,
      }),
    );
  },
  conditional(trigger, processing) {
    return ok((startEventId, process) =>
      processing.event('CONDITIONAL_SUBSCRIPTION', 'CREATED', processing.nextKey(), {
        bpmnProcessId: process.value.bpmnProcessId,
        processDefinitionKey: process.key,
        processInstanceKey: -1,
        elementInstanceKey: -1,
        ...conditionOf(
          trigger,
          processing.state.processes.executable(process.key).elements.get(startEventId)!,
        ),
      }),
    );
  },
};

function starterOf(trigger: StartTrigger, processing: ProcessingContext): Result<Open, string> {
  return (starters[trigger.kind] as Starter<StartTrigger['kind']>)(trigger, processing);
}

/** Whether everything its start events wait for can be told now; else what is wrong where. */
export function checkStartEvents(
  process: ExecutableProcess,
  processing: ProcessingContext,
): Result<void, { elementId: string; message: string }> {
  for (const { id, trigger } of triggersOf(process)) {
    const open = starterOf(trigger, processing);
    if (!open.ok) return failed({ elementId: id, message: open.failure });
  }
  return ok();
}

type StartKinds = readonly StartTrigger['kind'][];
const allKinds: StartKinds = ['timer', 'message', 'signal', 'conditional'];

/** From now on the start events of this version begin instances. */
export function openStartEvents(
  process: Process,
  processing: ProcessingContext,
  kinds: StartKinds = allKinds,
): void {
  const triggers = [...triggersOf(processing.state.processes.executable(process.key))];
  const messages = triggers.filter(({ trigger }) => trigger.kind === 'message');
  for (const each of triggers) {
    // messages from the last to the first (as observed)
    const { id, trigger } = each.trigger.kind === 'message' ? messages.pop()! : each;
    if (!kinds.includes(trigger.kind)) continue;
    const open = starterOf(trigger, processing);
    if (open.ok) open.value(id, process);
  }
}

/** A newer version takes over: the start events of this one begin nothing any more. */
export function closeStartEvents(
  processDefinitionKey: number,
  processing: ProcessingContext,
  kinds: StartKinds = allKinds,
): void {
  for (const kind of kinds) closers[kind](processDefinitionKey, processing);
}

const closers: {
  readonly [K in StartTrigger['kind']]: (key: number, processing: ProcessingContext) => void;
} = {
  timer(definition, processing) {
    for (const { key, value } of processing.state.timers.ofOwner(definition))
      processing.event('TIMER', 'CANCELED', key, value);
  },
  message(definition, processing) {
    for (const { key, value } of processing.state.messageStartEvents.ofDefinition(definition))
      processing.event('MESSAGE_START_EVENT_SUBSCRIPTION', 'DELETED', key, value);
  },
  signal(definition, processing) {
    for (const { key, value } of processing.state.signalSubscriptions.ofOwner(definition))
      processing.event('SIGNAL_SUBSCRIPTION', 'DELETED', key, value);
  },
  conditional(definition, processing) {
    closeConditions({ processing, key: definition });
  },
};
