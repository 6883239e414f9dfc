/**
 * What gateways of 8.8 say beyond the protocol file of the installed client: what a job is for, the user task that a listener
 * looks at, what a worker answers beside variables, and when an instance is to end and what it is tagged with. Facts of the wire: names, types, numbers.
 */
const fields: { readonly [message: string]: string } = {
  ActivatedJob: `
    enum JobKind { BPMN_ELEMENT = 0; EXECUTION_LISTENER = 1; TASK_LISTENER = 2; AD_HOC_SUB_PROCESS = 3; }
    enum ListenerEventType {
      ASSIGNING = 0; CANCELING = 1; COMPLETING = 2; CREATING = 3; END = 4; START = 5; UNSPECIFIED = 6; UPDATING = 7;
    }
    optional UserTaskProperties userTask = 15;
    JobKind kind = 16;
    ListenerEventType listenerEventType = 17;
    repeated string tags = 18;`,
  CompleteJobRequest: 'optional JobResult result = 3;',
  CreateProcessInstanceRequest: `
    repeated ProcessInstanceCreationRuntimeInstruction runtimeInstructions = 8;
    repeated string tags = 9;`,
  CreateProcessInstanceResponse: 'repeated string tags = 6;',
  CreateProcessInstanceWithResultResponse: 'repeated string tags = 7;',
};

const messages = `
message ProcessInstanceCreationRuntimeInstruction {
  oneof instruction { TerminateProcessInstanceInstruction terminate = 1; }
}
message TerminateProcessInstanceInstruction { string afterElementId = 1; }
message UserTaskProperties {
  optional string action = 1;
  optional string assignee = 2;
  repeated string candidateGroups = 3;
  repeated string candidateUsers = 4;
  repeated string changedAttributes = 5;
  optional string dueDate = 6;
  optional string followUpDate = 7;
  optional int64 formKey = 8;
  optional int32 priority = 9;
  optional int64 userTaskKey = 10;
}
message JobResult {
  optional bool denied = 1;
  optional JobResultCorrections corrections = 2;
  optional string deniedReason = 3;
  optional string type = 4;
  repeated JobResultActivateElement activateElements = 5;
  optional bool isCompletionConditionFulfilled = 6;
  optional bool isCancelRemainingInstances = 7;
}
message JobResultCorrections {
  optional string assignee = 1;
  optional string dueDate = 2;
  optional string followUpDate = 3;
  optional StringList candidateUsers = 4;
  optional StringList candidateGroups = 5;
  optional int32 priority = 6;
}
message JobResultActivateElement {
  string elementId = 1;
  string variables = 2;
}
message StringList {
  repeated string values = 1;
}
`;

/** What gateways of 8.9 answer beyond those of 8.8. */
const rpcs = `
  rpc EvaluateConditional (EvaluateConditionalRequest) returns (EvaluateConditionalResponse) {}`;

const messagesOfRpcs = `
message EvaluateConditionalRequest {
  string tenantId = 1;
  optional int64 processDefinitionKey = 2;
  string variables = 3;
}
message EvaluateConditionalResponse {
  repeated ProcessInstanceReference processInstances = 1;
  int64 conditionalEvaluationKey = 2;
  string tenantId = 3;
}
message ProcessInstanceReference {
  int64 processDefinitionKey = 1;
  int64 processInstanceKey = 2;
}
`;

/** The client's protocol file as gateways of 8.8, and of 8.9 where they answer more, speak it; what is there stays as it is. */
export function completeGatewayProtocol(source: string): string {
  let complete = source;
  if (!/\bmessage\s+JobResult\b/.test(source)) {
    for (const [message, added] of Object.entries(fields))
      complete = complete.replace(new RegExp(`\\bmessage\\s+${message}\\s*\\{`), (head) => head + added);
    complete += messages;
  }
  if (!/\brpc\s+EvaluateConditional\b/.test(source))
    complete = complete.replace(/\bservice\s+Gateway\s*\{/, (head) => head + rpcs) + messagesOfRpcs;
  return complete;
}
