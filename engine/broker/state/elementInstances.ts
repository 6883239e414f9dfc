import type { ProcessInstanceValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

/** The life cycle between the events that begin and end an element instance. */
export type ElementState = 'ACTIVATING' | 'ACTIVATED' | 'COMPLETING' | 'TERMINATING';

export interface ElementInstance {
  readonly key: number;
  readonly tenantId: string;
  readonly value: ProcessInstanceValue;
  readonly state: ElementState;
  /** Element instances that live in this one. */
  readonly children: number;
  /** Sequence flows taken whose target has not been activated yet. */
  readonly activeFlows: number;
  /** What interrupted this scope, an element id: nothing else is entered in it any more. '' when nothing did. */
  readonly interruptedBy: string;
  /** -1 when none. */
  readonly jobKey: number;
  /** -1 when none. */
  readonly userTaskKey: number;
  /** The process instance that a call activity waits for; -1 when none. */
  readonly calledInstanceKey: number;
  /** Execution listeners that have done their work since the element was entered, or began to end. */
  readonly listenersDone: number;
  /** 1-based place in a multi-instance body; 0 elsewhere. */
  readonly loopCounter: number;
  /** Of the command that ends it, if that has one. */
  readonly operationReference?: number;
}

/** The tree of what is active, and the tokens that wait at joins. */
export interface ElementInstances {
  get(key: number): ElementInstance | undefined;
  put(instance: ElementInstance): void;
  /** Adds the instance under its scope, which has so many flows less under way. */
  add(instance: ElementInstance, flowsUsed: number): void;
  /** Takes the instance from its scope. */
  remove(instance: ElementInstance): void;
  /** From now on the scope is for what interrupted it alone: its paths under way and waiting tokens are gone. */
  interrupt(scopeKey: number, elementId: string, activeFlows: number): void;
  children(scopeKey: number): Iterable<ElementInstance>;
  /** The first `limit` children whose key is `key` or comes after it. */
  childrenFrom(scopeKey: number, key: number, limit: number): readonly ElementInstance[];
  /** Whether an instance of the process runs; looks through all that runs, so for rare questions only. */
  anyOf(processDefinitionKey: number): boolean;
  /** How often the flow was taken without its target having consumed it. */
  tokens(scopeKey: number, flowId: string): number;
  setTokens(scopeKey: number, flowId: string, count: number): void;
  /** Flows of the scope that have tokens, as far as they are counted. */
  waiting(scopeKey: number): Iterable<string>;
}

const scopes: ReadonlySet<string> = new Set([
  'PROCESS',
  'SUB_PROCESS',
  'EVENT_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS',
  'AD_HOC_SUB_PROCESS_INNER_INSTANCE',
]);
const hasPaths = ({ value }: ElementInstance) => scopes.has(value.bpmnElementType);

export function createElementInstances(store: Store): ElementInstances {
  const instances = store.table<number, ElementInstance>('elementInstances');
  const childrenOf = store.table<[number, number], true>('elementInstanceChildren');
  const tokens = store.table<[number, string], number>('flowTokens');

  const clearTokens = (key: number) => {
    for (const token of tokens.range({ start: [key, ''], end: [key + 1, ''] })) tokens.delete(token.key);
  };

  return {
    get: (key) => instances.get(key),
    put: (instance) => instances.put(instance.key, instance),
    add(instance, flowsUsed) {
      instances.put(instance.key, instance);
      const scope = instances.get(instance.value.flowScopeKey);
      if (!scope) return;
      childrenOf.put([scope.key, instance.key], true);
      const activeFlows = Math.max(scope.activeFlows - flowsUsed, 0);
      instances.put(scope.key, { ...scope, children: scope.children + 1, activeFlows });
    },
    remove(instance) {
      if (hasPaths(instance)) clearTokens(instance.key);
      instances.delete(instance.key);
      const scope = instances.get(instance.value.flowScopeKey);
      if (!scope) return;
      childrenOf.delete([scope.key, instance.key]);
      instances.put(scope.key, { ...scope, children: scope.children - 1 });
    },
    interrupt(scopeKey, elementId, activeFlows) {
      const scope = instances.get(scopeKey);
      if (!scope) return;
      clearTokens(scopeKey);
      instances.put(scopeKey, { ...scope, interruptedBy: elementId, activeFlows });
    },
    *children(scopeKey) {
      for (const { key } of childrenOf.range({ start: [scopeKey, 0], end: [scopeKey + 1, 0] })) {
        const child = instances.get(key[1]);
        if (child) yield child;
      }
    },
    childrenFrom(scopeKey, from, limit) {
      const found: ElementInstance[] = [];
      const start: [number, number] = [scopeKey, Math.max(from, 0)];
      for (const { key } of childrenOf.range({ start, end: [scopeKey + 1, 0], limit })) {
        const child = instances.get(key[1]);
        if (child) found.push(child);
      }
      return found;
    },
    anyOf(processDefinitionKey) {
      for (const { value: instance } of instances.range())
        if (instance.value.processDefinitionKey === processDefinitionKey) return true;
      return false;
    },
    tokens: (scopeKey, flowId) => tokens.get([scopeKey, flowId]) ?? 0,
    setTokens(scopeKey, flowId, count) {
      if (count > 0) tokens.put([scopeKey, flowId], count);
      else tokens.delete([scopeKey, flowId]);
    },
    *waiting(scopeKey) {
      for (const { key } of tokens.range({ start: [scopeKey, ''], end: [scopeKey + 1, ''] })) yield key[1];
    },
  };
}
