import type { JsonObject, JsonValue, Result } from '@baton/engine/protocol';

/** Keys cross this door as decimal strings; a real cluster has more than one partition. */
export type Key = string;

/** What the engine refused, or that it could not be reached; one mapper per protocol makes it from codes. */
export interface EngineFailure {
  code:
    | 'INVALID_ARGUMENT'
    | 'NOT_FOUND'
    | 'ALREADY_EXISTS'
    | 'INVALID_STATE'
    | 'RESOURCE_EXHAUSTED'
    | 'DEADLINE_EXCEEDED'
    | 'UNAVAILABLE'
    | 'PERMISSION_DENIED'
    | 'INTERNAL';
  /** The engine's own words. */
  message: string;
}
export type EngineResult<T> = Promise<Result<T, EngineFailure>>;

export interface DeploymentResult {
  key: Key;
  processes: {
    processDefinitionKey: Key;
    bpmnProcessId: string;
    version: number;
    resourceName: string;
    /** The latest version had the same bytes and name already: nothing new was made. */
    duplicate: boolean;
  }[];
}

/** Commands, over the Zeebe gateway gRPC protocol (user tasks over `/v2`). Reconnects by itself. */
export interface EngineCommands {
  topology(): EngineResult<{ gatewayVersion: string; brokers: number; partitions: number }>;
  deploy(tenantId: string, resources: { name: string; content: string }[]): EngineResult<DeploymentResult>;
  createInstance(
    tenantId: string,
    process: { processDefinitionKey: Key } | { bpmnProcessId: string; version?: number },
    variables: JsonObject,
  ): EngineResult<{
    processInstanceKey: Key;
    processDefinitionKey: Key;
    bpmnProcessId: string;
    version: number;
  }>;
  createInstanceWithResult(
    tenantId: string,
    process: { processDefinitionKey: Key } | { bpmnProcessId: string; version?: number },
    variables: JsonObject,
    options: { requestTimeout: number; fetchVariables?: string[] },
  ): EngineResult<{ processInstanceKey: Key; variables: JsonObject }>;
  cancelInstance(processInstanceKey: Key): EngineResult<void>;
  publishMessage(
    tenantId: string,
    message: {
      name: string;
      correlationKey: string;
      timeToLive: number;
      messageId?: string;
      variables: JsonObject;
    },
  ): EngineResult<{ key: Key }>;
  setVariables(elementInstanceKey: Key, variables: JsonObject, local: boolean): EngineResult<void>;
  resolveIncident(incidentKey: Key): EngineResult<void>;
  updateJobRetries(jobKey: Key, retries: number): EngineResult<void>;
  assignUserTask(userTaskKey: Key, assignee: string): EngineResult<void>;
  unassignUserTask(userTaskKey: Key): EngineResult<void>;
  completeUserTask(userTaskKey: Key, variables: JsonObject): EngineResult<void>;
}

export interface Page {
  from: number;
  limit: number;
}
export interface Found<T> {
  items: T[];
  total: number;
}

export type InstanceState = 'ACTIVE' | 'COMPLETED' | 'TERMINATED';

export interface InstanceItem {
  processInstanceKey: Key;
  processDefinitionId: string;
  processDefinitionName: string;
  processDefinitionVersion: number;
  processDefinitionKey: Key;
  state: InstanceState;
  /** ISO 8601. */
  startDate: string;
  endDate: string | undefined;
  hasIncident: boolean;
  /** Open incidents; from a real cluster 1 when there is any and the count is not known. */
  incidents: number;
  tenantId: string;
}

export interface ElementInstanceItem {
  elementInstanceKey: Key;
  elementId: string;
  elementName: string;
  type: string;
  state: InstanceState;
  startDate: string;
  endDate: string | undefined;
  /** Key of the enclosing scope; the instance's own key at the top. */
  scopeKey: Key;
  incidentKey: Key | undefined;
}

export interface VariableItem {
  name: string;
  value: JsonValue;
  scopeKey: Key;
}

export interface IncidentItem {
  incidentKey: Key;
  processInstanceKey: Key;
  errorType: string;
  errorMessage: string;
  elementId: string;
  elementInstanceKey: Key;
  jobKey: Key | undefined;
  creationTime: string;
  state: 'ACTIVE' | 'RESOLVED';
  tenantId: string;
}

export interface FormItem {
  formKey: Key;
  /** The id the form gives itself. */
  formId: string;
  version: number;
  schema: JsonObject;
}

export interface UserTaskItem {
  userTaskKey: Key;
  name: string;
  elementId: string;
  elementInstanceKey: Key;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  processDefinitionId: string;
  processName: string;
  state: 'CREATED' | 'COMPLETED' | 'CANCELED';
  assignee: string;
  candidateGroups: string[];
  priority: number;
  dueDate: string;
  creationDate: string;
  completionDate: string | undefined;
  tenantId: string;
}

export interface DefinitionItem {
  processDefinitionKey: Key;
  processDefinitionId: string;
  name: string;
  version: number;
  tenantId: string;
}

/** One record of the stream as it leaves the engine: keys as strings. */
export interface StreamedRecord {
  position: number;
  /** epoch ms. */
  timestamp: number;
  recordType: 'COMMAND' | 'EVENT' | 'COMMAND_REJECTION';
  valueType: string;
  intent: string;
  key: Key;
  tenantId: string;
  value: JsonObject;
}

/** Queries, over the Camunda 8 `/v2` REST API. Every call takes the tenant; a key of another tenant is NOT_FOUND. */
export interface EngineQueries {
  instances(
    tenantId: string,
    filter: {
      state?: InstanceState;
      processDefinitionId?: string;
      processDefinitionKey?: Key;
      hasIncident?: boolean;
    },
    page: Page,
  ): EngineResult<Found<InstanceItem>>;
  instance(tenantId: string, key: Key): EngineResult<InstanceItem>;
  elementInstances(tenantId: string, processInstanceKey: Key): EngineResult<ElementInstanceItem[]>;
  /** Ids of the sequence flows taken. */
  takenFlows(tenantId: string, processInstanceKey: Key): EngineResult<string[]>;
  variables(tenantId: string, processInstanceKey: Key): EngineResult<VariableItem[]>;
  incidents(
    tenantId: string,
    filter: { processInstanceKey?: Key },
    page: Page,
  ): EngineResult<Found<IncidentItem>>;
  incident(tenantId: string, key: Key): EngineResult<IncidentItem>;
  userTasks(
    tenantId: string,
    filter: { state?: UserTaskItem['state']; processInstanceKey?: Key; assignee?: string },
    page: Page,
  ): EngineResult<Found<UserTaskItem>>;
  userTask(tenantId: string, key: Key): EngineResult<UserTaskItem>;
  /** Variables the task sees, nearest scope first. */
  userTaskVariables(tenantId: string, key: Key): EngineResult<JsonObject>;
  /** The form that was deployed for it, as it was when the task came up; `undefined` when it has none. */
  userTaskForm(tenantId: string, key: Key): EngineResult<FormItem | undefined>;
  definition(tenantId: string, key: Key): EngineResult<DefinitionItem & { xml: string }>;
  /**
   * Records of one run, oldest first. From a cluster, what its searches tell: what began and ended, incidents, user tasks;
   * NOT_FOUND with the reason from one that keeps no history.
   */
  history(tenantId: string, processInstanceKey: Key, page: Page): EngineResult<Found<StreamedRecord>>;
}

export interface EngineRecords {
  /**
   * Live records after `position` (undefined = from now), reconnecting without a gap. A cluster has no such stream: its
   * searches are asked every two seconds from now on, and what they tell comes. Returns the unsubscription.
   */
  subscribe(position: number | undefined, onRecords: (records: StreamedRecord[]) => void): () => void;
}

/** What a worker answers beside variables, by what its job is for. */
export type JobResult =
  | {
      type: 'adHocSubProcess';
      /** Elements to begin, each with variables of its own. */
      activateElements: { elementId: string; variables: JsonObject }[];
      /** Nothing more is to be done: the sub-process ends with the last of what runs. */
      isCompletionConditionFulfilled: boolean;
      /** What still runs is ended. */
      isCancelRemainingInstances: boolean;
    }
  | {
      type: 'userTask';
      denied: boolean;
      deniedReason?: string;
      /** New values of attributes of the user task; what is absent stays. */
      corrections?: {
        assignee?: string;
        candidateGroups?: string[];
        candidateUsers?: string[];
        dueDate?: string;
        followUpDate?: string;
        priority?: number;
      };
    };

/** A job a worker holds until `deadline`. */
export interface ActivatedJob {
  /** `BPMN_ELEMENT`, `EXECUTION_LISTENER`, `TASK_LISTENER` or `AD_HOC_SUB_PROCESS`. */
  kind: string;
  /** Of a listener's job; `UNSPECIFIED` of others. */
  listenerEventType: string;
  key: Key;
  type: string;
  tenantId: string;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
  elementId: string;
  elementInstanceKey: Key;
  headers: { [name: string]: string };
  variables: JsonObject;
  retries: number;
  /** epoch ms. */
  deadline: number;
}

export interface JobRequest {
  type: string;
  worker: string;
  tenantIds: readonly string[];
  /** ms a job is the worker's. */
  timeout: number;
  /** Names of the variables wanted; empty = all visible ones. */
  fetchVariables: readonly string[];
}

/** Jobs pushed by the engine as they become available. */
export interface JobStream {
  /** Takes no more until `resume`; what the connection already carries still comes. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** What a worker needs; one attempt each, the worker decides about trying again. */
export interface EngineJobs {
  /** Jobs available now, or within `wait` ms (0 = answer at once). */
  activate(
    request: JobRequest & { maxJobs: number; wait: number },
    signal: AbortSignal,
  ): EngineResult<ActivatedJob[]>;
  /** `onEnd` is called once, when the stream broke or the engine ended it; not after `close`. */
  stream(
    request: JobRequest,
    onJob: (job: ActivatedJob) => void,
    onEnd: (failure: EngineFailure) => void,
  ): JobStream;
  complete(jobKey: Key, variables: JsonObject, result?: JobResult): EngineResult<void>;
  fail(
    jobKey: Key,
    failure: { retries: number; errorMessage: string; retryBackoff: number; variables: JsonObject },
  ): EngineResult<void>;
  throwError(
    jobKey: Key,
    error: { errorCode: string; errorMessage: string; variables: JsonObject },
  ): EngineResult<void>;
  /** An active job is its worker's for `timeout` ms from now; INVALID_STATE for one that no worker has. */
  updateTimeout(jobKey: Key, timeout: number): EngineResult<void>;
}

export interface EngineClient {
  commands: EngineCommands;
  jobs: EngineJobs;
  queries: EngineQueries;
  records: EngineRecords;
  close(): Promise<void>;
}

export interface EngineClientOptions {
  /** `host:port` of the Zeebe gateway. */
  grpcAddress: string;
  /** Base URL of the `/v2` API without `/v2`. */
  restAddress: string;
  /** The one tenant of a cluster whose multi-tenancy is off; `undefined` where it is on. */
  onlyTenant: string | undefined;
  fetch: typeof globalThis.fetch;
  schedule: Schedule;
}

/** Calls back once after `ms`; returns the cancellation. */
export type Schedule = (ms: number, callback: () => void) => () => void;
