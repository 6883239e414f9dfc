import type { ResourceStore } from '@baton/infra/store';
import type { Access } from '../access/access.ts';
import { createAdministrators } from '../access/administrators.ts';
import { createGrants } from '../access/grants.ts';
import type { Standing } from '../access/standing.ts';
import {
  type Configuration,
  type PromptContent,
  type ResourceChange,
  type TemplateContent,
  type ToolContent,
  type Topic,
  templateContent,
} from '../api/index.ts';
import type { SignInAttempts } from '../auth/embedded/signInAttempts.ts';
import type { PasswordSignIn } from '../auth/passwordSignIn.ts';
import type { Sessions } from '../auth/sessions.ts';
import { administered } from '../auth/unadministered.ts';
import type { UserDirectory } from '../auth/userDirectory.ts';
import type { VerifyToken } from '../auth/verifyToken.ts';
import type { GatewayDependencies } from '../dependencies.ts';
import { defaultRates } from '../limits/rates.ts';
import type { OpenQuotas } from '../quotas/open.ts';
import { accessHandlers } from './access/routes.ts';
import { createAccessService } from './access/service.ts';
import { agentRunHandlers } from './agentRuns/routes.ts';
import type { AgentRunService } from './agentRuns/service.ts';
import { nothingRuns } from './agentRuntimes/agentRuntimes.ts';
import { agentRuntimeHandlers } from './agentRuntimes/routes.ts';
import { createAgentRuntimeService } from './agentRuntimes/service.ts';
import { agentHandlers } from './agents/routes.ts';
import { storedAgents } from './agents/storedAgents.ts';
import { createAgentValidation } from './agents/validation.ts';
import { apiKeyHandlers } from './apiKeys/routes.ts';
import { createApiKeyService } from './apiKeys/service.ts';
import { goneWithAgent } from './assignments/goneWithAgent.ts';
import { assignmentHandlers } from './assignments/routes.ts';
import { createAssignmentService } from './assignments/service.ts';
import { auditHandlers } from './audit/routes.ts';
import { budgetHandlers } from './budgets/routes.ts';
import { createBudgetService } from './budgets/service.ts';
import { connectionHandlers } from './connections/routes.ts';
import type { ConnectionService } from './connections/service.ts';
import { decisionKind } from './decisions/decision.ts';
import { decisionHandlers } from './decisions/routes.ts';
import { decisionTrialHandlers } from './decisionTrials/routes.ts';
import { createBringAlong } from './deployments/broughtAlong.ts';
import { deploymentHandlers } from './deployments/routes.ts';
import { createDeploymentService } from './deployments/service.ts';
import { createDefinitions } from './documents/definitions.ts';
import { createDocumentServices, type DocumentServicesOptions } from './documents/documentServices.ts';
import { documentHandlers } from './documents/routes.ts';
import { createDocumentSearch } from './documents/search.ts';
import { createDocumentService, pluralOf } from './documents/service.ts';
import { createTransfer, type DocumentServices, type Rehearsal } from './documents/transfer.ts';
import { unsavedStore } from './documents/unsaved.ts';
import { feelHandlers } from './feel/routes.ts';
import { formKind } from './forms/form.ts';
import { formHandlers } from './forms/routes.ts';
import type { Handlers } from './handler.ts';
import { instanceHandlers } from './instances/routes.ts';
import { createInstanceService } from './instances/service.ts';
import { invitationHandlers } from './invitations/routes.ts';
import { createInvitationService } from './invitations/service.ts';
import { grantHandlers, limitHandlers } from './limits/routes.ts';
import { createGrantService, createLimitService } from './limits/service.ts';
import { type McpServerHandling, mcpServerHandlers } from './mcpServers/routes.ts';
import { memberHandlers } from './members/routes.ts';
import { createMemberService } from './members/service.ts';
import { messageHandlers } from './messages/routes.ts';
import { noteHandlers } from './notes/routes.ts';
import { policyHandlers } from './policies/routes.ts';
import { preferenceHandlers } from './preferences/routes.ts';
import { problemView } from './problems.ts';
import { promptHandlers } from './prompts/routes.ts';
import { providerHandlers } from './providers/routes.ts';
import type { ProviderService } from './providers/service.ts';
import { quotaHandlers } from './quotas/routes.ts';
import { createQuotaSettings } from './quotas/service.ts';
import { recordingHandlers } from './recordings/routes.ts';
import { createRecordingService } from './recordings/service.ts';
import { agentReferences, promptReferences } from './references/admission.ts';
import type { NameClaims } from './references/claims.ts';
import { nameableTools } from './references/nameableTools.ts';
import { registrationHandlers } from './registrations/routes.ts';
import { createRegistrationService } from './registrations/service.ts';
import { registryHandlers } from './registry/routes.ts';
import { finishRenamings } from './renaming/finishing.ts';
import { createFollowing } from './renaming/following.ts';
import { renamingHandlers } from './renaming/routes.ts';
import { createRenamingService } from './renaming/service.ts';
import { roleHandlers } from './roles/routes.ts';
import { createRoleService } from './roles/service.ts';
import { secretHandlers } from './secrets/routes.ts';
import type { SecretService } from './secrets/service.ts';
import { createLoginService } from './session/login.ts';
import { sessionHandlers } from './session/routes.ts';
import { taskHandlers } from './tasks/routes.ts';
import { createTaskValidation } from './tasks/validation.ts';
import { templateHandlers } from './templates/routes.ts';
import { createTemplateService, templateReferences } from './templates/service.ts';
import { tenantHandlers, tenantsHandlers } from './tenants/routes.ts';
import { createTenantService } from './tenants/service.ts';
import { toolCatalogHandlers } from './toolCatalog/routes.ts';
import { createToolCatalogService } from './toolCatalog/service.ts';
import { createToolDocuments } from './toolCatalog/toolDocuments.ts';
import { createToolGrantService } from './tools/grants.ts';
import { toolHandlers } from './tools/routes.ts';
import { createToolRunService } from './tools/service.ts';
import { createToolValidation, sourceProblems, statedProblem } from './tools/validation.ts';
import { userHandlers } from './users/routes.ts';
import { createUserService } from './users/service.ts';
import { userTaskHandlers } from './userTasks/routes.ts';
import { createUserTaskService } from './userTasks/service.ts';
import { v1AgentHandlers } from './v1/agents.ts';
import { v1HistoryHandlers } from './v1/history.ts';
import { v1Refusals } from './v1/refusals.ts';
import { v1ToolHandlers } from './v1/tools.ts';
import { createVersionedService } from './versioned/index.ts';
import { createCycles } from './workflows/cycles.ts';
import { workflowReferences } from './workflows/references.ts';
import { workflowHandlers } from './workflows/routes.ts';
import { createWorkflowService } from './workflows/service.ts';
import { createUnknownNames } from './workflows/unknownNames.ts';

/** Sign-in and users, wherever they are. */
export interface Identity {
  verify: VerifyToken;
  sessions: Sessions;
  attempts: SignInAttempts;
  directory: UserDirectory;
  passwordSignIn: PasswordSignIn;
}

export interface ResourceOptions {
  dependencies: GatewayDependencies;
  configuration: Configuration;
  access: Access;
  identity: Identity;
  /** Origin browsers use. */
  origin: string;
  standing: Standing;
  providers: ProviderService;
  toolSecrets: SecretService;
  toolConnections: ConnectionService;
  mcp: McpServerHandling;
  names: NameClaims;
  newId(): string;
  /** Whether an address is that of our own MCP server. */
  isOwnMcp(url: string): boolean;
  metering: OpenQuotas;
  runs: AgentRunService;
  publish(tenantId: string, topic: Topic, data: ResourceChange): void;
}

/** Every resource of the table with its services; `close` ends what they do by themselves. */
export function createHandlers({
  dependencies,
  configuration,
  access,
  identity,
  origin,
  standing,
  providers,
  toolSecrets,
  toolConnections,
  mcp,
  names,
  newId,
  isOwnMcp,
  metering,
  runs,
  publish,
}: ResourceOptions): { handlers: Handlers; close(): void } {
  const { store, engine, clock, agentRuns, tools: trial } = dependencies;
  const { notices } = dependencies.coordination;
  const { now } = clock;
  const resources = storedAgents(store.resources);
  const rates = { ...defaultRates, ...dependencies.limits?.rates };
  const definitions = createDefinitions(resources);
  const bringAlong = createBringAlong(definitions, dependencies.decisionProblems);
  const cycles = createCycles({
    resources,
    deployments: store.deployments,
    servers: store.mcpServers,
    isOwnMcp,
  });
  const problemsOf = async (tenantId: string, xml: string) => [
    ...(await dependencies.modelProblems(xml)).map(problemView),
    ...(await cycles.problems(tenantId, xml)),
  ];

  const grants = createGrants(access, store.roles);
  const { members } = store;
  // People of an issuer that nobody administers from here are members all the same.
  const directory = administered(identity.directory);
  const administrators = createAdministrators({
    members,
    roles: store.roles,
    directory,
    claims: store.claims,
    now,
    newId,
  });
  const memberService = createMemberService({ members, directory, grants, administrators, notices, now });
  const tenantService = createTenantService({
    tenants: store.tenants,
    data: store.tenantData,
    directory,
    engine,
    notices,
    clock,
    log: dependencies.log,
  });
  const users = createUserService({
    directory: identity.directory,
    sessions: identity.sessions,
    members,
    membership: memberService,
    grants,
    administrators,
    notices,
    now,
  });
  const invitations = createInvitationService({
    invitations: store.invitations,
    tenants: store.tenants,
    users,
    grants,
    newId,
    randomBytes: dependencies.randomBytes,
    now,
  });
  const assignments = createAssignmentService({
    resources: store.resources,
    assignments: store.assignments,
    instances: dependencies.agentInstances,
    names,
    now,
    newId,
    changed: publish,
  });
  /** What documents are named and checked by, and their services, over a store of them. */
  const documentsOver = (
    over: ResourceStore,
    more: Pick<DocumentServicesOptions, 'definitions' | 'changed'> & { names?: NameClaims },
  ) => {
    const nameable = nameableTools({
      resources: over,
      search: dependencies.toolSearch,
      servers: store.mcpServers,
      connections: dependencies.mcpServers.connections,
    });
    const validation = createAgentValidation({ resources: over, providers, tools: nameable });
    const services = createDocumentServices({
      resources: over,
      nameable,
      validation,
      providers,
      assignments: store.assignments,
      toolChecks: trial,
      decisionProblems: dependencies.decisionProblems,
      now,
      newId,
      ...more,
    });
    return { nameable, validation, services };
  };
  const documentChanged: DocumentServicesOptions['changed'] = (tenantId, kind, change) => {
    publish(tenantId, pluralOf(kind), change);
    if (change.change === 'draft' || change.change === 'labels') return;
    if (kind === 'agent' && change.change !== 'created') providers.agentsChanged(tenantId);
    if (kind !== 'tool') return;
    void notices.publish({ kind: 'tool', tenantId, id: change.name }).catch((err: unknown) => {
      dependencies.log.error({ err, tool: change.id }, 'others are not told that a tool changed');
    });
    if (change.change !== 'deleted') return;
    void store.toolGrants.delete(tenantId, change.id).catch((err: unknown) => {
      dependencies.log.error({ err, tool: change.id }, 'grants of a deleted tool are left');
    });
  };
  const { nameable, validation, services } = documentsOver(resources, {
    definitions,
    names,
    changed: documentChanged,
  });
  const unknownNames = createUnknownNames({ resources, tools: nameable, processes: cycles.processes });
  const runtimes = createAgentRuntimeService({
    agents: store.resources,
    stops: store.agentStops,
    runtimes: dependencies.agentRuntimes ?? { view: () => nothingRuns },
    notices,
    now,
    changed: (tenantId, change) => publish(tenantId, 'agents', change),
  });
  const agents = goneWithAgent(services.agent, [assignments, runtimes]);
  const {
    workflow: workflows,
    tool: tools,
    prompt: prompts,
    policy: policies,
    task: tasks,
    form: forms,
    decision: decisions,
    note: notes,
  } = services;
  const templates = createVersionedService<TemplateContent>({
    kind: 'template',
    schema: templateContent,
    references: templateReferences,
    store: resources,
    now,
    newId,
    changed: (tenantId, change) => publish(tenantId, 'templates', change),
  });
  /** An import that is only looked at saves where nobody else looks. */
  const rehearsal = (): Rehearsal => {
    const { resources: over, isNew } = unsavedStore(resources);
    const overDefinitions = createDefinitions(over);
    const rehearsed = documentsOver(over, { definitions: overDefinitions, changed: () => {} });
    return {
      resources: over,
      isNew,
      definitions: overDefinitions,
      services: rehearsed.services as unknown as DocumentServices,
    };
  };
  const following = createFollowing({
    resources,
    now,
    changed: documentChanged,
    references: {
      workflow: workflowReferences,
      agent: agentReferences,
      prompt: ({ text }: PromptContent) => promptReferences(text),
      form: formKind(definitions).references,
      decision: decisionKind(definitions, dependencies.decisionProblems).references,
    },
  });
  const renaming = createRenamingService({
    resources,
    following,
    renamings: store.renamings,
    now,
    changed: documentChanged,
    access,
    names,
    newId,
    unfit: (kind, name, content) =>
      kind === 'tool' ? statedProblem(name, content as ToolContent, trial) : undefined,
  });
  const close = finishRenamings({
    renamings: store.renamings,
    resources,
    following,
    clock,
    log: dependencies.log,
    alone: dependencies.alone ?? false,
  });
  const refusals = v1Refusals(resources);
  const handlers: Handlers = {
    session: sessionHandlers({
      configuration,
      tenants: store.tenants,
      access,
      login: createLoginService(identity),
    }),
    preferences: preferenceHandlers(store.preferences),
    users: userHandlers(users),
    invitations: invitationHandlers(invitations, origin),
    registrations: registrationHandlers(
      createRegistrationService({
        open: dependencies.registration === 'open',
        tenants: store.tenants,
        users,
        quotas: metering.quotas,
        notices: dependencies.coordination.notices,
        now,
      }),
    ),
    workflows: workflowHandlers(
      createWorkflowService(workflows, store.deployments),
      workflows,
      async (tenantId, xml) => [
        ...(await problemsOf(tenantId, xml)),
        ...(await bringAlong(tenantId, xml)).problems,
        ...(await unknownNames(tenantId, xml)),
      ],
    ),
    deployments: deploymentHandlers(
      createDeploymentService({
        workflows,
        deployments: store.deployments,
        engine,
        problemsOf,
        bringAlong,
        now,
      }),
    ),
    instances: instanceHandlers(createInstanceService(engine, store)),
    messages: messageHandlers(engine),
    feel: feelHandlers(dependencies.evaluateFeel),
    decisionTrials: decisionTrialHandlers(dependencies.tryDecision),
    budgets: budgetHandlers(createBudgetService(engine, store.grants, store.calls, now), runs),
    userTasks: userTaskHandlers(createUserTaskService(engine)),
    agents: agentHandlers({
      agents,
      validation,
      assignments,
      providers,
    }),
    agentRuns: agentRunHandlers({ runs, agents, resources, assignments: store.assignments, access }),
    agentRuntimes: agentRuntimeHandlers(runtimes),
    recordings: recordingHandlers(
      createRecordingService({
        recordings: dependencies.recordings,
        runs,
        providers,
        store,
        queries: engine.queries,
      }),
      access,
    ),
    toolCatalog: toolCatalogHandlers({
      catalog: createToolCatalogService({
        tools: dependencies.toolSearch,
        resources,
        grants: store.toolGrants,
      }),
      documents: createToolDocuments({ tools, resources, quotas: metering.quotas }),
      tools,
      access,
    }),
    registry: registryHandlers({
      servers: store.mcpServers,
      tenants: store.tenants,
      origin,
      version: dependencies.version,
    }),
    tools: toolHandlers(
      tools,
      createToolRunService(tools, trial, now),
      createToolGrantService(tools, store.toolGrants, now, trial.builtIn),
      createToolValidation(trial, store.toolGrants, store.secrets, store.connections),
      access,
    ),
    secrets: secretHandlers(toolSecrets),
    connections: connectionHandlers(toolConnections, trial, now),
    mcpServers: mcpServerHandlers(mcp),
    assignments: assignmentHandlers(assignments),
    tasks: taskHandlers(tasks, createTaskValidation(resources)),
    prompts: promptHandlers(prompts),
    policies: policyHandlers(policies),
    forms: formHandlers(forms),
    decisions: decisionHandlers(decisions),
    notes: noteHandlers(notes),
    documents: documentHandlers(
      createDocumentService(resources, access),
      createTransfer({
        resources,
        services: { ...services, agent: agents } as unknown as DocumentServices,
        definitions,
        rehearsal,
        quotas: metering.quotas,
        sourceProblems: (content) => sourceProblems(content, trial),
      }),
      createDocumentSearch(resources),
    ),
    renaming: renamingHandlers(renaming),
    templates: templateHandlers(createTemplateService(resources, templates)),
    providers: providerHandlers(providers),
    apiKeys: apiKeyHandlers(
      createApiKeyService({
        store: store.apiKeys,
        access,
        notices: dependencies.coordination.notices,
        now,
        newId,
        randomBytes: dependencies.randomBytes,
      }),
      now,
    ),
    audit: auditHandlers(store.audit),
    quotas: quotaHandlers(
      createQuotaSettings(metering.quotas, store.limits, dependencies.coordination.notices),
      metering.requests,
    ),
    v1Tools: v1ToolHandlers(tools, resources, refusals),
    v1Agents: v1AgentHandlers({
      agents,
      tools,
      resources,
      refusals,
      models: agentRuns.models,
      runs,
    }),
    v1History: v1HistoryHandlers(runs),
    tenants: tenantsHandlers(tenantService, invitations, origin),
    tenant: tenantHandlers(tenantService),
    members: memberHandlers(memberService),
    roles: roleHandlers(
      createRoleService({ roles: store.roles, members, grants, administrators, notices, now }),
    ),
    access: accessHandlers(
      createAccessService({ access, standing, members: memberService, memberOf: standing.member }),
    ),
    grants: grantHandlers(createGrantService(store.limits, store.tenants, dependencies.coordination.notices)),
    limits: limitHandlers(createLimitService(store.limits, dependencies.coordination.notices, rates)),
  };
  return { handlers, close };
}
