import type { ExecutableElement, JobDefinition } from '@baton/engine/model';
import { ok, type Result } from '@baton/engine/protocol';
import { closeEventsOf } from './behaviors/catchEvents.ts';
import { closeConditions } from './behaviors/conditions.ts';
import { cancelListenerJob, createJob, evaluateJob } from './behaviors/jobs.ts';
import { gather } from './behaviors/multiInstances.ts';
import type { ElementContext } from './elementContext.ts';
import { processorOf } from './elements/index.ts';
import type { Failure } from './types.ts';

/**
 * What an element does on its way in and out, with its listeners in between. Each goes on where it stopped: at an incident, or
 * for the job of a listener.
 */

/** After ELEMENT_ACTIVATING: preparation, start listeners, work. */
export function enter(element: ExecutableElement, context: ElementContext): Result<void, Failure> {
  const processor = processorOf(element);
  const done = listenersDone(element.startListeners, context);
  if (done === 0) {
    const prepared = processor.prepare?.(element, context);
    if (prepared && !prepared.ok) return prepared;
  }
  const listener = element.startListeners[done];
  return listener ? callListener(listener, 'START', context) : processor.activate(element, context);
}

/** After ELEMENT_COMPLETING: what it leaves behind, end listeners, the end. */
export function leave(element: ExecutableElement, context: ElementContext): Result<void, Failure> {
  const processor = processorOf(element);
  const done = listenersDone(element.endListeners, context);
  if (done === 0) {
    // what its output mappings set is no concern of its own conditions
    if (context.process.hasConditions) closeConditions(context);
    const concluded = processor.conclude?.(element, context);
    if (concluded && !concluded.ok) return concluded;
    // what happens from now on comes too late
    closeEventsOf(element, context);
  }
  const listener = element.endListeners[done];
  if (listener) return callListener(listener, 'END', context);
  const gathered = gather(context);
  if (!gathered.ok) return gathered;
  const completed = processor.complete?.(element, context);
  if (completed && !completed.ok) return completed;
  gathered.value();
  return ok();
}

/** Ends it from outside, with the job that one of its listeners has. */
export function terminate(element: ExecutableElement, context: ElementContext): void {
  const { processing, key, value } = context;
  processing.event('PROCESS_INSTANCE', 'ELEMENT_TERMINATING', key, value);
  cancelListenerJob(context);
  processorOf(element).terminate(element, context);
}

function listenersDone(listeners: readonly JobDefinition[], { processing, key }: ElementContext): number {
  return listeners.length === 0 ? 0 : processing.state.elementInstances.get(key)!.listenersDone;
}

function callListener(
  listener: JobDefinition,
  eventType: 'START' | 'END',
  context: ElementContext,
): Result<void, Failure> {
  const job = evaluateJob(listener, context);
  if (!job.ok) return job;
  createJob(job.value, context, 'EXECUTION_LISTENER', eventType);
  return ok();
}
