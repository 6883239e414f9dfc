import { commands } from '@baton/engine/broker';
import { failed, ok, type ProcessMetadata } from '@baton/engine/protocol';
import { badRequest, invalidArgument, refused } from '../problem.ts';
import { readTenant } from '../requests.ts';
import type { Routes } from '../route.ts';
import { foreignTenantOf } from '../tenancy.ts';

export const deployments: Routes = {
  'POST /v2/deployments': async (request, { broker, multiTenancy }) => {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) {
      const detail = `Expected multipart/form-data with 'resources', but was '${type}'`;
      return failed({ status: 415, title: 'Unsupported Media Type', detail });
    }
    let form: FormData;
    try {
      form = await new Response(new Uint8Array(request.bytes), {
        headers: { 'content-type': type },
      }).formData();
    } catch {
      return failed(badRequest('Failed to read request'));
    }
    if (!form.has('resources')) return failed(badRequest("Required part 'resources' is not present."));
    const foreign = foreignTenantOf('Deploy Resources', [form.get('tenantId')], multiTenancy);
    if (foreign) return failed(foreign);
    const tenant = readTenant(form.get('tenantId')?.toString());
    if (!tenant.ok) return tenant;
    const resources = [];
    for (const file of form.getAll('resources')) {
      if (typeof file === 'string') {
        return failed(
          invalidArgument("Expected every 'resources' part to be a file with a name, but one is not"),
        );
      }
      resources.push({ resourceName: file.name, resource: await file.text() });
    }
    const deployed = await broker.execute(commands.deploy(resources, tenant.value));
    if (!deployed.ok) return failed(refused('CREATE', deployed.failure));
    const { processesMetadata } = deployed.value.value as { processesMetadata: ProcessMetadata[] };
    return ok({
      status: 200,
      json: {
        deploymentKey: String(deployed.value.key),
        tenantId: tenant.value,
        deployments: processesMetadata.map((process) => ({
          processDefinition: {
            processDefinitionId: process.bpmnProcessId,
            processDefinitionVersion: process.version,
            processDefinitionKey: String(process.processDefinitionKey),
            resourceName: process.resourceName,
            tenantId: tenant.value,
          },
        })),
      },
    });
  },
};
