import { commands, resourceText } from '@baton/engine/broker';
import { type DeploymentValue, failed, ok, type ProcessMetadata } from '@baton/engine/protocol';
import { readTenant } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface DeployResourceRequest {
  resources: { name: string; content: Uint8Array }[];
  tenantId: string;
}

export interface DeployResourceResponse {
  key: number;
  deployments: DeploymentMessage[];
  tenantId: string;
}

/** One thing that was deployed; the gateway tells nothing of other resources. */
export interface DeploymentMessage {
  process?: ProcessMessage;
  decision?: object;
  decisionRequirements?: object;
  form?: object;
}

export interface ProcessMessage {
  bpmnProcessId: string;
  version: number;
  processDefinitionKey: number;
  resourceName: string;
  tenantId: string;
}

export const deployResource: UnaryRpc<DeployResourceRequest, DeployResourceResponse> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const tenant = readTenant('DeployResource', request.tenantId);
    if (!tenant.ok) return tenant;
    const resources = request.resources.map(({ name, content }) => ({
      resourceName: name,
      resource: resourceText(content),
    }));
    const deployed = await broker.execute(commands.deploy(resources, tenant.value));
    if (!deployed.ok) return failed(refused('CREATE', deployed.failure));
    const { key, value } = deployed.value;
    return ok({
      key,
      deployments: messagesOf(value as DeploymentValue, tenant.value),
      tenantId: tenant.value,
    });
  },
};

function messagesOf(deployed: DeploymentValue, tenantId: string): DeploymentMessage[] {
  const { processesMetadata, decisionsMetadata = [], decisionRequirementsMetadata = [] } = deployed;
  const { formMetadata = [] } = deployed;
  return [
    ...processesMetadata.map((one) => ({ process: processMessage(one, tenantId) })),
    ...decisionsMetadata.map((one) => ({
      decision: {
        dmnDecisionId: one.decisionId,
        dmnDecisionName: one.decisionName,
        version: one.version,
        decisionKey: one.decisionKey,
        dmnDecisionRequirementsId: one.decisionRequirementsId,
        decisionRequirementsKey: one.decisionRequirementsKey,
        tenantId,
      },
    })),
    ...decisionRequirementsMetadata.map((one) => ({
      decisionRequirements: {
        dmnDecisionRequirementsId: one.decisionRequirementsId,
        dmnDecisionRequirementsName: one.decisionRequirementsName,
        version: one.decisionRequirementsVersion,
        decisionRequirementsKey: one.decisionRequirementsKey,
        resourceName: one.resourceName,
        tenantId,
      },
    })),
    ...formMetadata.map(({ formId, version, formKey, resourceName }) => ({
      form: { formId, version, formKey, resourceName, tenantId },
    })),
  ];
}

export function processMessage(process: ProcessMetadata, tenantId: string): ProcessMessage {
  const { bpmnProcessId, version, processDefinitionKey, resourceName } = process;
  return { bpmnProcessId, version, processDefinitionKey, resourceName, tenantId };
}
