import { commands, resourceText } from '@baton/engine/broker';
import { DEFAULT_TENANT, failed, ok, type ProcessMetadata } from '@baton/engine/protocol';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';
import { type ProcessMessage, processMessage } from './deployResource.ts';

export interface DeployProcessRequest {
  processes: { name: string; definition: Uint8Array }[];
}

export interface DeployProcessResponse {
  key: number;
  processes: ProcessMessage[];
}

/** The deprecated form of DeployResource, without tenants; older clients still call it. */
export const deployProcess: UnaryRpc<DeployProcessRequest, DeployProcessResponse> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const resources = request.processes.map(({ name, definition }) => ({
      resourceName: name,
      resource: resourceText(definition),
    }));
    const deployed = await broker.execute(commands.deploy(resources, DEFAULT_TENANT));
    if (!deployed.ok) return failed(refused('CREATE', deployed.failure));
    const { key, value } = deployed.value;
    const { processesMetadata } = value as { processesMetadata: ProcessMetadata[] };
    return ok({
      key,
      processes: processesMetadata.map((process) => processMessage(process, DEFAULT_TENANT)),
    });
  },
};
