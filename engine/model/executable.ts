import type { AiParameter, Expression } from '@baton/engine/feel';
import type { ElementType } from '@baton/engine/protocol';

/** A process ready to run: what the transformer makes of one `<bpmn:process isExecutable="true">`. */
export interface ExecutableProcess {
  bpmnProcessId: string;
  name: string;
  versionTag: string;
  /** Id of the form with which people start it; '' when none. */
  startFormId: string;
  /** The process itself, its sub-processes and all flow nodes, by id; of a multi-instance activity its body. */
  elements: ReadonlyMap<string, ExecutableElement>;
  flows: ReadonlyMap<string, ExecutableFlow>;
  root: ExecutableContainer;
  /** An inclusive gateway joins paths somewhere: it asks what else is under way. */
  hasInclusiveJoin: boolean;
  /** An activity runs for every item of a list somewhere. */
  hasMultiInstance: boolean;
  /** What was done can be undone somewhere: it is remembered. */
  hasCompensation: boolean;
  /** Something begins or goes on when its variables fulfil a condition: what is written to them is looked at. */
  hasConditions: boolean;
}

export interface ExecutableFlow {
  id: string;
  name: string;
  source: string;
  target: string;
  condition: Expression | undefined;
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
  /** All of them as one context of targets; absent when there are none. */
  inputMappings: Expression | undefined;
  outputMappings: Expression | undefined;
  /** Jobs before the element does its work, one after the other. */
  startListeners: readonly JobDefinition[];
  /** Jobs after it. */
  endListeners: readonly JobDefinition[];
  /** Boundary events attached to this element, ids; the one for compensation aside. */
  boundaryEvents: readonly string[];
  /** What undoes it when it was done, ids; absent when nothing does. */
  compensation?: { event: string; handler: string };
  /** What `fromAi(…)` in the input mappings asks for, in their order; absent when there is none. */
  parameters?: readonly ToolParameter[];
}

/** One argument that a model may fill in, as its `fromAi(…)` describes it. */
export type ToolParameter = AiParameter;

export interface ExecutableContainer extends BpmnElement {
  type: 'PROCESS' | 'SUB_PROCESS' | 'EVENT_SUB_PROCESS';
  /** Id of the none start event. */
  noneStartEvent: string | undefined;
  /** Ids of the start events that wait for something. */
  triggeredStartEvents: readonly string[];
  /** Start events of the event sub-processes in it, ids: they wait as long as it runs. */
  handlers: readonly string[];
}

/** A container without order: its elements are activated by name, each in an inner instance of its own. */
export interface ExecutableAdHocSubProcess extends BpmnElement {
  type: 'AD_HOC_SUB_PROCESS';
  work:
    | {
        kind: 'elements';
        /** Ids of the elements to begin with. */
        active: Expression | undefined;
        completionCondition: Expression | undefined;
        /** What still runs when the condition is fulfilled is ended, or waited for. */
        cancelRemaining: boolean;
      }
    /** A worker decides, again and again, what is activated. */
    | ({ kind: 'job' } & JobDefinition);
  output: { collection: string; element: Expression } | undefined;
  /** What can be activated, as its variable tells workers: all without a flow that leads to it. */
  activatable: AdHocElement[];
  /** Start events of the event sub-processes in it, ids: they wait as long as it runs. */
  handlers: readonly string[];
  inner: ExecutableAdHocInner;
}

/** One way through an ad-hoc sub-process, from an activated element to where its flows end. */
export interface ExecutableAdHocInner extends BpmnElement {
  type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE';
  /** Local to it from the start, so that what its elements set does not leave it. */
  ownVariable: string | undefined;
}

/** An activatable element as it is described to who chooses; what the model does not say is absent. */
export interface AdHocElement {
  elementId: string;
  elementName?: string;
  documentation?: string;
  properties?: { [name: string]: string };
  parameters?: readonly ToolParameter[];
}

/** An activity that runs once for every item of a list, as one element that holds the instances. */
export interface ExecutableMultiInstanceBody extends BpmnElement {
  type: 'MULTI_INSTANCE_BODY';
  /** The activity without what belongs to the body: its flows and its boundary events. */
  inner: ExecutableElement;
  sequential: boolean;
  inputCollection: Expression;
  inputElement: string | undefined;
  output: { collection: string; element: Expression } | undefined;
  completionCondition: Expression | undefined;
}

/** Which of the processes, decisions or forms with the id is meant. */
export type Binding =
  | { kind: 'latest' }
  | { kind: 'deployment' }
  | { kind: 'versionTag'; versionTag: string };

export interface ExecutableCallActivity extends BpmnElement {
  type: 'CALL_ACTIVITY';
  processId: Expression;
  binding: Binding;
  /** Whether the called process gets all variables seen here, or only the local ones. */
  propagateAllParentVariables: boolean;
  /** Whether all variables of the called process come back, or only what output mappings read of them. */
  propagateAllChildVariables: boolean;
}

export interface ExecutableStartEvent extends BpmnElement {
  type: 'START_EVENT';
  trigger:
    | { kind: 'none' }
    | StartTrigger
    /** It begins an event sub-process. */
    | BoundaryTrigger;
  /** Begins an event sub-process that ends everything else in the scope around it. */
  interrupting: boolean;
  /** What its container waits for from now on: start events of event sub-processes, ids. */
  opens: readonly string[];
}

export type StartTrigger =
  | { kind: 'timer'; timer: TimerDefinition }
  | { kind: 'message'; name: Expression }
  | { kind: 'signal'; name: Expression }
  | ConditionTrigger;

/** What an event throws when it is entered. */
export type ThrowDefinition =
  | { kind: 'none' }
  | { kind: 'error'; errorCode: Expression }
  | { kind: 'escalation'; escalationCode: Expression }
  | { kind: 'signal'; name: Expression }
  /** Undoes all that was done in its scope, or one activity, by id. */
  | { kind: 'compensation'; activity: string | undefined }
  /** A worker sends the message. */
  | ({ kind: 'job' } & JobDefinition);

/** Work for a job worker. */
export interface JobDefinition {
  jobType: Expression;
  retries: Expression;
  headers: { readonly [name: string]: string };
  /** Why its type or its retries could not be read: no job can be made. Absent when they could. */
  fault?: string;
  /** Absent when there are none. */
  linkedResources?: readonly LinkedResource[];
}

/** A file of the deployed ones that a worker needs: the job tells its key. */
export interface LinkedResource {
  resourceId: string;
  resourceType: string;
  linkName: string;
  binding: Binding;
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
  | { kind: 'signal'; name: Expression }
  | ConditionTrigger;

export const variableChanges = ['create', 'update'] as const;
export type VariableChange = (typeof variableChanges)[number];

/** Happens when the condition is fulfilled: looked at when the event begins to wait, and whenever one of its variables changes. */
export interface ConditionTrigger {
  kind: 'conditional';
  condition: Expression;
  /** Names of the variables whose changes count. */
  variables: readonly string[];
  /** How they must have changed; both ways when it does not matter. */
  changes: readonly VariableChange[];
}

export type BoundaryTrigger =
  | CatchTrigger
  /** `undefined` catches every code. */
  | { kind: 'error'; errorCode: string | undefined }
  /** `undefined` catches every code. */
  | { kind: 'escalation'; escalationCode: string | undefined };

/** Leads to the handler that undoes the activity, when that was done. */
export interface CompensationTrigger {
  kind: 'compensation';
}

export interface TimerDefinition {
  kind: 'duration' | 'date' | 'cycle';
  expression: Expression;
}

export interface ExecutableBoundaryEvent extends BpmnElement {
  type: 'BOUNDARY_EVENT';
  attachedTo: string;
  interrupting: boolean;
  trigger: BoundaryTrigger | CompensationTrigger;
}

/** Work that nobody does here: the engine goes through. `TASK` is a task of no kind. */
export interface ExecutablePassedTask extends BpmnElement {
  type: 'TASK' | 'MANUAL_TASK';
}

/** Waits for a message. */
export interface ExecutableReceiveTask extends BpmnElement {
  type: 'RECEIVE_TASK';
  trigger: CatchTrigger;
}

/** An element a job worker executes. */
export interface ExecutableJobTask extends BpmnElement, JobDefinition {
  type: 'SERVICE_TASK' | 'SEND_TASK';
}

export interface ExecutableBusinessRuleTask extends BpmnElement {
  type: 'BUSINESS_RULE_TASK';
  work:
    | { kind: 'decision'; decisionId: Expression; resultVariable: string; binding: Binding }
    | ({ kind: 'job' } & JobDefinition);
}

export interface ExecutableScriptTask extends BpmnElement {
  type: 'SCRIPT_TASK';
  work: { kind: 'script'; script: Expression; resultVariable: string } | ({ kind: 'job' } & JobDefinition);
}

export const taskListenerEvents = ['creating', 'assigning', 'updating', 'completing', 'canceling'] as const;
/** The transitions of a user task that listeners can hold up. */
export type TaskListenerEvent = (typeof taskListenerEvents)[number];

export interface ExecutableUserTask extends BpmnElement {
  type: 'USER_TASK';
  /** `job` is the older form, a job of type `io.camunda.zeebe:userTask`. */
  implementation: 'zeebe' | 'job';
  /** Jobs that stand before the transitions of the task, one after the other. */
  taskListeners: { readonly [E in TaskListenerEvent]?: readonly JobDefinition[] };
  headers: { readonly [name: string]: string };
  assignee: Expression | undefined;
  candidateGroups: Expression | undefined;
  candidateUsers: Expression | undefined;
  dueDate: Expression | undefined;
  followUpDate: Expression | undefined;
  priority: Expression | undefined;
  form: { id: Expression; binding: Binding } | undefined;
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

export interface ExecutableInclusiveGateway extends BpmnElement {
  type: 'INCLUSIVE_GATEWAY';
  defaultFlow: ExecutableFlow | undefined;
}

export interface ExecutableEventBasedGateway extends BpmnElement {
  type: 'EVENT_BASED_GATEWAY';
  /** What may happen: the catch events behind it, by id. */
  events: readonly string[];
}

export type ExecutableElement =
  | ExecutableContainer
  | ExecutableAdHocSubProcess
  | ExecutableAdHocInner
  | ExecutableCallActivity
  | ExecutableMultiInstanceBody
  | ExecutableStartEvent
  | ExecutableEndEvent
  | ExecutableThrowEvent
  | ExecutableCatchEvent
  | ExecutableBoundaryEvent
  | ExecutablePassedTask
  | ExecutableJobTask
  | ExecutableReceiveTask
  | ExecutableBusinessRuleTask
  | ExecutableScriptTask
  | ExecutableUserTask
  | ExecutableExclusiveGateway
  | ExecutableParallelGateway
  | ExecutableInclusiveGateway
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
