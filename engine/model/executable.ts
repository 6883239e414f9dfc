import type { Expression } from '@baton/engine/feel';
import type { ElementType } from '@baton/engine/protocol';

/** A process ready to run: what the transformer makes of one `<bpmn:process isExecutable="true">`. */
export interface ExecutableProcess {
  bpmnProcessId: string;
  name: string;
  versionTag: string;
  /** The process itself, its sub-processes and all flow nodes, by id. */
  elements: ReadonlyMap<string, ExecutableElement>;
  flows: ReadonlyMap<string, ExecutableFlow>;
  root: ExecutableContainer;
}

export interface ExecutableFlow {
  id: string;
  name: string;
  source: string;
  target: string;
  condition: Expression | undefined;
}

export interface Mapping {
  source: Expression;
  /** Dotted target path, already split. */
  target: string[];
}

/** What every executable element has. */
export interface BpmnElement {
  id: string;
  name: string;
  type: ElementType;
  /** Id of the enclosing container; '' for the process. */
  scopeId: string;
  /** Quirk 1: in reverse document order of the `<bpmn:sequenceFlow>` elements. */
  outgoing: readonly ExecutableFlow[];
  incoming: readonly ExecutableFlow[];
  inputMappings: readonly Mapping[];
  outputMappings: readonly Mapping[];
  /** Boundary events attached to this element, ids. */
  boundaryEvents: readonly string[];
}

export interface ExecutableContainer extends BpmnElement {
  type: 'PROCESS' | 'SUB_PROCESS';
  /** Id of the none start event. */
  noneStartEvent: string | undefined;
  /** Ids of the start events that wait for something. */
  triggeredStartEvents: readonly string[];
}

export interface ExecutableStartEvent extends BpmnElement {
  type: 'START_EVENT';
  trigger: { kind: 'none' } | StartTrigger;
}

export type StartTrigger =
  | { kind: 'timer'; timer: TimerDefinition }
  | { kind: 'message'; name: Expression }
  | { kind: 'signal'; name: Expression };

/** What an event throws when it is entered. */
export type ThrowDefinition =
  | { kind: 'none' }
  | { kind: 'error'; errorCode: Expression }
  | { kind: 'escalation'; escalationCode: Expression }
  | { kind: 'signal'; name: Expression }
  /** A worker sends the message. */
  | ({ kind: 'job' } & JobDefinition);

/** Work for a job worker. */
export interface JobDefinition {
  jobType: Expression;
  retries: Expression;
  headers: { readonly [name: string]: string };
}

export interface ExecutableEndEvent extends BpmnElement {
  type: 'END_EVENT';
  event:
    | ThrowDefinition
    /** Ends whatever else runs in its scope. */
    | { kind: 'terminate' };
}

export interface ExecutableThrowEvent extends BpmnElement {
  type: 'INTERMEDIATE_THROW_EVENT';
  event:
    | ThrowDefinition
    /** The catch event of the same name in the same scope, by id. */
    | { kind: 'link'; target: string };
}

export interface ExecutableCatchEvent extends BpmnElement {
  type: 'INTERMEDIATE_CATCH_EVENT';
  /** A link is only passed. */
  trigger: { kind: 'link' } | CatchTrigger;
  /** Stands behind an event-based gateway, which waits in its place. */
  waitsAtGateway: boolean;
}

export type CatchTrigger =
  | { kind: 'timer'; timer: TimerDefinition }
  | { kind: 'message'; name: Expression; correlationKey: Expression }
  | { kind: 'signal'; name: Expression };

export type BoundaryTrigger =
  | CatchTrigger
  /** `undefined` catches every code. */
  | { kind: 'error'; errorCode: string | undefined }
  /** `undefined` catches every code. */
  | { kind: 'escalation'; escalationCode: string | undefined };

export interface TimerDefinition {
  kind: 'duration' | 'date' | 'cycle';
  expression: Expression;
}

export interface ExecutableBoundaryEvent extends BpmnElement {
  type: 'BOUNDARY_EVENT';
  attachedTo: string;
  interrupting: boolean;
  trigger: BoundaryTrigger;
}

/** An element a job worker executes. */
export interface ExecutableJobTask extends BpmnElement, JobDefinition {
  type: 'SERVICE_TASK' | 'SEND_TASK';
}

/** Waits for a message. */
export interface ExecutableReceiveTask extends BpmnElement {
  type: 'RECEIVE_TASK';
  trigger: CatchTrigger;
}

export interface ExecutableUserTask extends BpmnElement {
  type: 'USER_TASK';
  /** `job` is the older form, a job of type `io.camunda.zeebe:userTask`. */
  implementation: 'zeebe' | 'job';
  headers: { readonly [name: string]: string };
  assignee: Expression | undefined;
  candidateGroups: Expression | undefined;
  candidateUsers: Expression | undefined;
  dueDate: Expression | undefined;
  followUpDate: Expression | undefined;
  priority: Expression | undefined;
  formId: string | undefined;
  externalFormReference: Expression | undefined;
  formKey: string | undefined;
}

export interface ExecutableExclusiveGateway extends BpmnElement {
  type: 'EXCLUSIVE_GATEWAY';
  defaultFlow: ExecutableFlow | undefined;
}

export interface ExecutableParallelGateway extends BpmnElement {
  type: 'PARALLEL_GATEWAY';
}

export interface ExecutableEventBasedGateway extends BpmnElement {
  type: 'EVENT_BASED_GATEWAY';
  /** What may happen: the catch events behind it, by id. */
  events: readonly string[];
}

export type ExecutableElement =
  | ExecutableContainer
  | ExecutableStartEvent
  | ExecutableEndEvent
  | ExecutableThrowEvent
  | ExecutableCatchEvent
  | ExecutableBoundaryEvent
  | ExecutableJobTask
  | ExecutableReceiveTask
  | ExecutableUserTask
  | ExecutableExclusiveGateway
  | ExecutableParallelGateway
  | ExecutableEventBasedGateway;

/** The executable form of one kind of element; containers of both kinds share theirs. */
export type ElementOf<T extends ElementType> = ExecutableElement extends infer E
  ? E extends { type: ElementType }
    ? T extends E['type']
      ? E & { type: T }
      : never
    : never
  : never;

/** One thing wrong with a model, with its place. */
export interface ModelProblem {
  severity: 'error' | 'warning';
  /** Stable, e.g. `bpmn/xml`, `bpmn/unsupported-element`, `feel/syntax`, `bpmn/missing-task-definition`. */
  code: string;
  /** The text the real broker gives where it has one; otherwise "Expected …, but …". */
  message: string;
  /** Innermost element with an id that the fault is in; '' for the file. */
  elementId: string;
  elementName: string;
  /** Path below the element, e.g. `['extensionElements', 'taskDefinition']`. */
  path: readonly string[];
  /** 1-based place in the XML; undefined where not known. */
  line: number | undefined;
  column: number | undefined;
  /** 0-based place inside the expression text, for FEEL faults. */
  offset?: number;
}
