import type { EvaluationScope } from '@baton/engine/feel';
import type { ConditionTrigger, ElementOf, ExecutableElement, VariableChange } from '@baton/engine/model';
import type { ConditionalSubscriptionValue } from '@baton/engine/protocol';
import type { ConditionalSubscription } from '../../state/conditionalSubscriptions.ts';
import type { ElementContext } from '../elementContext.ts';
import type { ProcessingContext } from '../types.ts';

/** A variable has another value than before. */
export interface ChangedVariable {
  name: string;
  scopeKey: number;
  change: VariableChange;
}

/**
 * Looks at the conditions that can see what one write changed: those of the scope first, then those within it. What has
 * ended a scope by being fulfilled goes before all that it ends.
 */
export function lookAtConditions(
  changed: readonly ChangedVariable[],
  processInstanceKey: number,
  processing: ProcessingContext,
): void {
  const interrupted = new Set<number>();
  for (const { subscription, way } of affected(changed, processInstanceKey, processing)) {
    const { value } = subscription;
    if (way.some((scope) => interrupted.has(scope))) continue;
    if (!isFulfilledIn(value.elementInstanceKey, subscription, processing)) continue;
    processing.thrown(() =>
      processing.command('CONDITIONAL_SUBSCRIPTION', 'TRIGGER', subscription.key, value),
    );
    if (value.interrupting) interrupted.add(value.elementInstanceKey);
  }
}

interface Affected {
  subscription: ConditionalSubscription;
  /** The scopes from the one that waits to the instance. */
  way: number[];
}

/** Outer scopes before inner ones, and in a scope in the order in which they began to wait. */
function affected(
  changed: readonly ChangedVariable[],
  processInstanceKey: number,
  { state }: ProcessingContext,
): Affected[] {
  const found: Affected[] = [];
  for (const subscription of state.conditionalSubscriptions.ofInstance(processInstanceKey)) {
    const { variableNames, variableEvents, elementInstanceKey } = subscription.value;
    const relevant = changed.filter(
      ({ name, change }) => variableNames.includes(name) && variableEvents.includes(change),
    );
    if (relevant.length === 0) continue;
    const way: number[] = [];
    for (let at: number | undefined = elementInstanceKey; at !== undefined; at = state.variables.parent(at))
      way.push(at);
    const sees = ({ name, scopeKey }: ChangedVariable) => {
      const distance = way.indexOf(scopeKey);
      return distance >= 0 && !way.slice(0, distance).some((scope) => state.variables.getLocal(scope, name));
    };
    if (relevant.some(sees)) found.push({ subscription, way });
  }
  return found.sort((one, other) => one.way.length - other.way.length);
}

/** What a subscription says of its event. */
export function conditionOf(
  { condition, variables, changes }: ConditionTrigger,
  event: ExecutableElement,
): Pick<
  ConditionalSubscriptionValue,
  'catchEventId' | 'interrupting' | 'condition' | 'variableNames' | 'variableEvents'
> {
  return {
    catchEventId: event.id,
    interrupting: !('interrupting' in event) || event.interrupting,
    condition: condition.text,
    variableNames: [...variables],
    variableEvents: [...changes],
  };
}

/** Opens what waits for a condition. One that is fulfilled already happens as soon as the element is active. */
export function waitForCondition(
  trigger: ConditionTrigger,
  event: ExecutableElement,
  { processing, key: elementInstanceKey, value }: ElementContext,
): void {
  const key = processing.nextKey();
  const subscription: ConditionalSubscriptionValue = {
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementInstanceKey,
    ...conditionOf(trigger, event),
  };
  processing.event('CONDITIONAL_SUBSCRIPTION', 'CREATED', key, subscription);
  if (isFulfilledIn(elementInstanceKey, { value: subscription }, processing))
    processing.command('CONDITIONAL_SUBSCRIPTION', 'TRIGGER', key, subscription);
}

/** The element waits for no condition any more, or for none that `stays` does not say of. */
export function closeConditions(
  { processing, key }: Pick<ElementContext, 'processing' | 'key'>,
  stays: (catchEventId: string) => boolean = () => false,
): void {
  for (const { key: subscription, value } of processing.state.conditionalSubscriptions.ofOwner(key))
    if (!stays(value.catchEventId))
      processing.event('CONDITIONAL_SUBSCRIPTION', 'DELETED', subscription, value);
}

function isFulfilledIn(
  scopeKey: number,
  { value }: Pick<ConditionalSubscription, 'value'>,
  processing: ProcessingContext,
): boolean {
  return isFulfilled(value, { get: (name) => processing.state.variables.get(scopeKey, name) }, processing);
}

/** What is not true, or cannot be told, is not fulfilled: variables may be missing as yet. */
export function isFulfilled(
  { processDefinitionKey, catchEventId }: ConditionalSubscriptionValue,
  scope: EvaluationScope,
  { feel, state, now }: ProcessingContext,
): boolean {
  const event = state.processes.executable(processDefinitionKey).elements.get(catchEventId) as
    | ElementOf<'BOUNDARY_EVENT' | 'START_EVENT' | 'INTERMEDIATE_CATCH_EVENT'>
    | undefined;
  if (event?.trigger.kind !== 'conditional') return false;
  const result = feel.evaluate(event.trigger.condition, scope, now);
  return result.ok && result.value.value === true;
}
