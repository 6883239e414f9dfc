import { commands } from '@baton/engine/broker';
import { failed, ok, type ProcessMetadata } from '@baton/engine/protocol';
import { readTenant } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface DeployResourceRequest {
  resources: { name: string; content: Uint8Array }[];
  tenantId: string;
}

export interface DeployResourceResponse {
  key: number;
  deployments: { process: ProcessMessage }[];
  tenantId: string;
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
      resource: Buffer.from(content).toString('utf8'),
    }));
    const deployed = await broker.execute(commands.deploy(resources, tenant.value));
    if (!deployed.ok) return failed(refused('CREATE', deployed.failure));
    const { key, value } = deployed.value;
    const { processesMetadata } = value as { processesMetadata: ProcessMetadata[] };
    return ok({
      key,
      deployments: processesMetadata.map((process) => ({ process: processMessage(process, tenant.value) })),
      tenantId: tenant.value,
    });
  },
};

export function processMessage(process: ProcessMetadata, tenantId: string): ProcessMessage {
  const { bpmnProcessId, version, processDefinitionKey, resourceName } = process;
  return { bpmnProcessId, version, processDefinitionKey, resourceName, tenantId };
}
