import {
  type ElementOf,
  type ExecutableElement,
  type ExecutableProcess,
  elementAt,
} from '@baton/engine/model';
import type { BpmnElementType, ElementType, ProcessInstanceValue, Result } from '@baton/engine/protocol';
import type { Failure, ProcessingContext } from './types.ts';

/** Version of ELEMENT_ACTIVATING of what no flow led to: scopes made for what is inside, events behind a gateway. */
export const ENTERED_WITHOUT_FLOW = 2;

/** One element instance while one of its commands is processed. */
export interface ElementContext {
  readonly processing: ProcessingContext;
  readonly process: ExecutableProcess;
  readonly key: number;
  readonly value: ProcessInstanceValue;
}

/**
 * What an element does in each step of its life. A failure stops it where it is and becomes an incident; resolving the
 * incident runs the same step again.
 */
export interface ElementProcessor<T extends ElementType> {
  /** Entered, after ELEMENT_ACTIVATING: what comes before its work, usually the input mappings. */
  prepare?(element: ElementOf<T>, context: ElementContext): Result<void, Failure>;
  /** Its work begins, after `prepare`. */
  activate(element: ElementOf<T>, context: ElementContext): Result<void, Failure>;
  /** Its work is done, after ELEMENT_COMPLETING: what it leaves behind, usually by the output mappings. */
  conclude?(element: ElementOf<T>, context: ElementContext): Result<void, Failure>;
  /** The end, after `conclude`. Absent where activation runs through to the end. */
  complete?(element: ElementOf<T>, context: ElementContext): Result<void, Failure> | void;
  /** To be ended from outside, after ELEMENT_TERMINATING. */
  terminate(element: ElementOf<T>, context: ElementContext): void;
}

/** The value of another element in the same scope. */
export function sibling(
  value: ProcessInstanceValue,
  elementId: string,
  bpmnElementType: BpmnElementType,
): ProcessInstanceValue {
  return {
    bpmnProcessId: value.bpmnProcessId,
    version: value.version,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementId,
    bpmnElementType,
    flowScopeKey: value.flowScopeKey,
    parentProcessInstanceKey: value.parentProcessInstanceKey,
    parentElementInstanceKey: value.parentElementInstanceKey,
    ...(value.tags && { tags: value.tags }),
    ...(value.endsAfter && { endsAfter: value.endsAfter }),
  };
}

export function contextOf(
  { key, value }: { readonly key: number; readonly value: ProcessInstanceValue },
  processing: ProcessingContext,
): ElementContext {
  return {
    processing,
    process: processing.state.processes.executable(value.processDefinitionKey),
    key,
    value,
  };
}

export function elementOf({ process, value }: ElementContext): ExecutableElement {
  return elementAt(process, value);
}
