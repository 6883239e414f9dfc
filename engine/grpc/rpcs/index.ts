import type { StreamRpc, UnaryRpc } from '../rpc.ts';
import { activateJobs } from './activateJobs.ts';
import { broadcastSignal } from './broadcastSignal.ts';
import { cancelProcessInstance } from './cancelProcessInstance.ts';
import { completeJob } from './completeJob.ts';
import { createProcessInstance } from './createProcessInstance.ts';
import { createProcessInstanceWithResult } from './createProcessInstanceWithResult.ts';
import { deleteResource } from './deleteResource.ts';
import { deployProcess } from './deployProcess.ts';
import { deployResource } from './deployResource.ts';
import { evaluateConditional } from './evaluateConditional.ts';
import { evaluateDecision } from './evaluateDecision.ts';
import { failJob } from './failJob.ts';
import { migrateProcessInstance } from './migrateProcessInstance.ts';
import { modifyProcessInstance } from './modifyProcessInstance.ts';
import { publishMessage } from './publishMessage.ts';
import { resolveIncident } from './resolveIncident.ts';
import { setVariables } from './setVariables.ts';
import { streamActivatedJobs } from './streamActivatedJobs.ts';
import { throwError } from './throwError.ts';
import { topology } from './topology.ts';
import { updateJobRetries } from './updateJobRetries.ts';
import { updateJobTimeout } from './updateJobTimeout.ts';

/** Every RPC the gateway answers, by its name in the protocol; the others are UNIMPLEMENTED. */
export const rpcs = {
  ActivateJobs: activateJobs,
  BroadcastSignal: broadcastSignal,
  CancelProcessInstance: cancelProcessInstance,
  CompleteJob: completeJob,
  CreateProcessInstance: createProcessInstance,
  CreateProcessInstanceWithResult: createProcessInstanceWithResult,
  DeleteResource: deleteResource,
  DeployProcess: deployProcess,
  DeployResource: deployResource,
  EvaluateConditional: evaluateConditional,
  EvaluateDecision: evaluateDecision,
  FailJob: failJob,
  MigrateProcessInstance: migrateProcessInstance,
  ModifyProcessInstance: modifyProcessInstance,
  PublishMessage: publishMessage,
  ResolveIncident: resolveIncident,
  SetVariables: setVariables,
  StreamActivatedJobs: streamActivatedJobs,
  ThrowError: throwError,
  Topology: topology,
  UpdateJobRetries: updateJobRetries,
  UpdateJobTimeout: updateJobTimeout,
} satisfies { [name: string]: UnaryRpc<never, object> | StreamRpc<never, never> };
