import { commands, resourceText } from '@baton/engine/broker';
import { type DeploymentValue, failed, ok } from '@baton/engine/protocol';
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
      resources.push({ resourceName: file.name, resource: resourceText(await file.bytes()) });
    }
    const deployed = await broker.execute(commands.deploy(resources, tenant.value));
    if (!deployed.ok) return failed(refused('CREATE', deployed.failure));
    return ok({
      status: 200,
      json: {
        deploymentKey: String(deployed.value.key),
        tenantId: tenant.value,
        deployments: deployedIn(deployed.value.value as DeploymentValue, tenant.value),
      },
    });
  },
};

function deployedIn(value: DeploymentValue, tenantId: string): object[] {
  const { processesMetadata, decisionsMetadata = [], decisionRequirementsMetadata = [] } = value;
  const { formMetadata = [], resourceMetadata = [] } = value;
  return [
    ...processesMetadata.map((process) => ({
      processDefinition: {
        processDefinitionId: process.bpmnProcessId,
        processDefinitionVersion: process.version,
        processDefinitionKey: String(process.processDefinitionKey),
        resourceName: process.resourceName,
        tenantId,
      },
    })),
    ...decisionsMetadata.map((decision) => ({
      decisionDefinition: {
        decisionDefinitionId: decision.decisionId,
        name: decision.decisionName,
        version: decision.version,
        decisionDefinitionKey: String(decision.decisionKey),
        decisionRequirementsId: decision.decisionRequirementsId,
        decisionRequirementsKey: String(decision.decisionRequirementsKey),
        tenantId,
      },
    })),
    ...decisionRequirementsMetadata.map((graph) => ({
      decisionRequirements: {
        decisionRequirementsId: graph.decisionRequirementsId,
        decisionRequirementsName: graph.decisionRequirementsName,
        version: graph.decisionRequirementsVersion,
        decisionRequirementsKey: String(graph.decisionRequirementsKey),
        resourceName: graph.resourceName,
        tenantId,
      },
    })),
    ...formMetadata.map(({ formId, version, formKey, resourceName }) => ({
      form: { formId, version, formKey: String(formKey), resourceName, tenantId },
    })),
    ...resourceMetadata.map(({ resourceId, version, resourceKey, resourceName }) => ({
      resource: { resourceId, version, resourceKey: String(resourceKey), resourceName, tenantId },
    })),
  ];
}
