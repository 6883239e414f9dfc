import { DEFAULT_TENANT, type JsonObject, ok, readJson, writeJson } from '@baton/engine/protocol';
import type { EngineCommands, Key } from '../ports.ts';
import type { GatewayConnection } from './connection.ts';

type GrpcCommands = Omit<EngineCommands, 'assignUserTask' | 'unassignUserTask' | 'completeUserTask'>;

const LATEST = -1;

/** Commands, one RPC each. */
export function createCommands(gateway: GatewayConnection, { tenants }: { tenants: boolean }): GrpcCommands {
  const tenantOf = (tenantId: string) => (tenants && tenantId !== DEFAULT_TENANT ? tenantId : '');

  async function withoutAnswer(rpc: string, request: object) {
    const answer = await gateway.call<object>(rpc, request);
    return answer.ok ? ok() : answer;
  }

  return {
    async topology() {
      const answer = await gateway.call<{
        gatewayVersion: string;
        brokers: unknown[];
        partitionsCount: number;
      }>('Topology', {});
      if (!answer.ok) return answer;
      const { gatewayVersion, brokers, partitionsCount } = answer.value;
      return ok({ gatewayVersion, brokers: brokers.length, partitions: partitionsCount });
    },

    async deploy(tenantId, resources) {
      const answer = await gateway.call<{ key: Key; deployments: { process: ProcessMessage | null }[] }>(
        'DeployResource',
        {
          resources: resources.map(({ name, content }) => ({ name, content: Buffer.from(content) })),
          tenantId: tenantOf(tenantId),
        },
      );
      if (!answer.ok) return answer;
      return ok({
        key: answer.value.key,
        processes: answer.value.deployments.flatMap(({ process }) => {
          if (!process) return [];
          const { processDefinitionKey, bpmnProcessId, version, resourceName } = process;
          // What a deployment makes gets a later key than the deployment; an unchanged process keeps its earlier one.
          const duplicate = BigInt(processDefinitionKey) < BigInt(answer.value.key);
          return [{ processDefinitionKey, bpmnProcessId, version, resourceName, duplicate }];
        }),
      });
    },

    async createInstance(tenantId, process, variables) {
      const answer = await gateway.call<{
        processInstanceKey: Key;
        processDefinitionKey: Key;
        bpmnProcessId: string;
        version: number;
      }>('CreateProcessInstance', creation(tenantOf(tenantId), process, variables));
      if (!answer.ok) return answer;
      const { processInstanceKey, processDefinitionKey, bpmnProcessId, version } = answer.value;
      return ok({ processInstanceKey, processDefinitionKey, bpmnProcessId, version });
    },

    async createInstanceWithResult(tenantId, process, variables, { requestTimeout, fetchVariables }) {
      const answer = await gateway.call<{ processInstanceKey: Key; variables: string }>(
        'CreateProcessInstanceWithResult',
        {
          request: creation(tenantOf(tenantId), process, variables),
          requestTimeout,
          fetchVariables: fetchVariables ?? [],
        },
        requestTimeout + RESULT_MARGIN,
      );
      if (!answer.ok) return answer;
      return ok({
        processInstanceKey: answer.value.processInstanceKey,
        variables: readJson(answer.value.variables || '{}') as JsonObject,
      });
    },

    cancelInstance: (processInstanceKey) => withoutAnswer('CancelProcessInstance', { processInstanceKey }),

    async publishMessage(tenantId, { name, correlationKey, timeToLive, messageId, variables }) {
      const answer = await gateway.call<{ key: Key }>('PublishMessage', {
        name,
        correlationKey,
        timeToLive,
        messageId: messageId ?? '',
        variables: writeJson(variables),
        tenantId: tenantOf(tenantId),
      });
      return answer.ok ? ok({ key: answer.value.key }) : answer;
    },

    setVariables: (elementInstanceKey, variables, local) =>
      withoutAnswer('SetVariables', { elementInstanceKey, variables: writeJson(variables), local }),
    resolveIncident: (incidentKey) => withoutAnswer('ResolveIncident', { incidentKey }),
    updateJobRetries: (jobKey, retries) => withoutAnswer('UpdateJobRetries', { jobKey, retries }),
  };
}

interface ProcessMessage {
  processDefinitionKey: Key;
  bpmnProcessId: string;
  version: number;
  resourceName: string;
}

/** The engine answers a result that did not come in time by itself; this is for an engine that does not, ms. */
const RESULT_MARGIN = 5000;

function creation(
  tenantId: string,
  process: { processDefinitionKey: Key } | { bpmnProcessId: string; version?: number },
  variables: JsonObject,
): object {
  const which =
    'processDefinitionKey' in process
      ? { processDefinitionKey: process.processDefinitionKey }
      : { bpmnProcessId: process.bpmnProcessId, version: process.version ?? LATEST };
  return { ...which, variables: writeJson(variables), tenantId };
}
