import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import type { McpFace, ToolConnection } from '@baton/tools-registry/contract';
import express from 'express';
import { createAccess } from './access/access.ts';
import { keepUpToDate } from './access/keepUpToDate.ts';
import { createStanding } from './access/standing.ts';
import { tenantNames } from './access/tenantNames.ts';
import type { Configuration, Topic } from './api/index.ts';
import { announcing } from './audit/announce.ts';
import { createAudit } from './audit/audit.ts';
import type { Audit } from './audit/ports.ts';
import { auditedSignIn, auditedSignOut } from './auth/embedded/auditedSignIn.ts';
import {
  developmentUsers,
  seedDevelopmentUsers,
  usersWithDevelopmentPasswords,
} from './auth/embedded/developmentUsers.ts';
import { audience, editorClient } from './auth/embedded/realm.ts';
import { createSignInAttempts, type SignInAttempts } from './auth/embedded/signInAttempts.ts';
import { externalIssuerKeys } from './auth/externalIssuer.ts';
import { createAdminApi } from './auth/keycloak/adminApi.ts';
import { createKeycloakDirectory } from './auth/keycloak/keycloakDirectory.ts';
import { createPasswordSignIn } from './auth/passwordSignIn.ts';
import { createSessions, refusingEnded, type Sessions } from './auth/sessions.ts';
import { administered, unadministered } from './auth/unadministered.ts';
import { createTokenVerifier } from './auth/verifyToken.ts';
import { type GatewayDependencies, GatewayRefused, isLoopback } from './dependencies.ts';
import { docsRoutes } from './docs/routes.ts';
import { healthRoutes } from './health/health.ts';
import { createKeyVerifier } from './keys/verifyKey.ts';
import { addressList, admittedBy, clientAddress, countedAs } from './limits/addresses.ts';
import { createBursts, defaultBurst } from './limits/bursts.ts';
import { defaultRates } from './limits/rates.ts';
import { createTenantLimits } from './limits/tenantLimits.ts';
import { createChannels } from './live/channels.ts';
import { feedFromEngine } from './live/engineFeed.ts';
import { recordLive } from './live/recordLive.ts';
import { createSockets } from './live/sockets.ts';
import { callerOf } from './mcp/callers.ts';
import { createProcessesAsTools } from './mcp/processes.ts';
import { isOwnMcp, originAskedFor, protectedResource } from './mcp/protectedResource.ts';
import { mcpRoutes } from './mcp/routes.ts';
import { idsFrom } from './newId.ts';
import { authenticate } from './pipeline/authenticate.ts';
import { burst } from './pipeline/burst.ts';
import { crossOrigin } from './pipeline/cors.ts';
import { unexpectedErrors, unknownRoute } from './pipeline/errors.ts';
import { hostName } from './pipeline/hostName.ts';
import { ipFilter, tenantIpFilter } from './pipeline/ipFilter.ts';
import { jsonBody } from './pipeline/jsonBody.ts';
import { stages } from './pipeline/order.ts';
import { requestQuota } from './pipeline/quota.ts';
import { rateLimit } from './pipeline/rateLimit.ts';
import { requestId } from './pipeline/requestId.ts';
import { requestLog } from './pipeline/requestLog.ts';
import { apiRouter } from './pipeline/router.ts';
import { securityHeaders } from './pipeline/securityHeaders.ts';
import { tenant } from './pipeline/tenant.ts';
import { defaultQuotas } from './quotas/accounts.ts';
import { openQuotas } from './quotas/open.ts';
import type { Quotas } from './quotas/ports.ts';
import { createAgentRunService } from './resources/agentRuns/service.ts';
import { createConnectionService } from './resources/connections/service.ts';
import { createHandlers } from './resources/index.ts';
import { invitationPages } from './resources/invitations/page.ts';
import { createMcpAuthorization } from './resources/mcpServers/authorization.ts';
import { mcpCallbackPage } from './resources/mcpServers/callbackPage.ts';
import { createMcpServerService, type McpNews } from './resources/mcpServers/service.ts';
import { noLocalModels } from './resources/providers/askModels.ts';
import { createProviderService, type ProviderConnection } from './resources/providers/service.ts';
import { createNameClaims } from './resources/references/claims.ts';
import { createSecretService } from './resources/secrets/service.ts';
import { createWebServer } from './server.ts';
import { editorSite } from './site/editor.ts';

export interface Gateway {
  /** Address for browsers, without a slash at the end. */
  url: string;
  /** Issuer of accepted tokens. */
  issuer: string;
  port: number;
  /** Announces what happened outside of the gateway's own services, e.g. a recorded call. */
  publish(tenantId: string, topic: Topic, data: unknown): void;
  /** What is used up outside of the gateway: tokens and money of models. */
  quotas: Quotas;
  /** How the provider that a tenant's agents call by this name is reached. */
  provider(tenantId: string, name: string): Promise<ProviderConnection | undefined>;
  /** A tenant's secret, for a tool that it is granted to. */
  secret(tenantId: string, name: string): Promise<string | undefined>;
  /** A tenant's connection, for a tool that it is granted to. */
  connection(tenantId: string, name: string): Promise<ToolConnection | undefined>;
  /** The connections of this process tell what is new of a server. */
  mcpNews(tenantId: string, serverId: string, news: McpNews): void;
  close(): Promise<void>;
}

/**
 * Starts the public door: the API, sign-in, live topics, documentation and the editor's files.
 * @throws GatewayRefused when the address is taken, or development passwords would be in reach of others
 */
export async function createGateway(dependencies: GatewayDependencies): Promise<Gateway> {
  const { engine, store, coordination, clock, log, randomBytes, version } = dependencies;
  await refuseExposedPasswords(dependencies);
  const newId = idsFrom(randomBytes);
  const { server, port, answerWith } = await listen(dependencies, newId);
  try {
    const origin = (
      dependencies.publicUrl ??
      `${dependencies.tls ? 'https' : 'http'}://${hostInUrl(dependencies.host)}:${port}`
    ).replace(/\/$/, '');
    const { editorOrigins = [] } = dependencies;
    const { limits = {} } = dependencies;
    const rates = { ...defaultRates, ...limits.rates };
    const addressOf = clientAddress(addressList(limits.trustedProxies ?? []));
    const admits = admittedBy(addressList(limits.allow ?? []), addressList(limits.deny ?? []));
    const { burstPerSecond = defaultBurst } = limits;
    const bursts = createBursts({ perSecond: burstPerSecond, burst: 2 * burstPerSecond, now: clock.now });
    const installation = { rates, quotas: { ...defaultQuotas, ...limits.quotas } };
    const tenantLimits = createTenantLimits(store.limits, coordination.notices, installation, clock.now);
    const app = express();
    app.disable('x-powered-by').disable('etag').set('query parser', 'simple');

    const sessions = createSessions(store.sessions, coordination.notices, clock.now);
    const attempts = createSignInAttempts(store.expiring, clock.now);
    const channels = createChannels(coordination.events);
    const audit = createAudit(store.audit, { clock, newId, log, written: announcing(channels.publish) });
    const {
      issuer,
      verify: verifyIssued,
      router: issuerRouter,
      ...people
    } = await issuerOf(dependencies, { origin, attempts, audit, sessions });
    const verify = refusingEnded(verifyIssued, sessions);
    const access = await createAccess({ roleOf: store.roles.get, now: clock.now });
    const standing = createStanding({ tenants: store.tenants, members: store.members, now: clock.now });
    const agree = tenantNames(tenantDomains(dependencies));
    const keys = createKeyVerifier({
      store: store.apiKeys,
      notices: coordination.notices,
      now: clock.now,
      log,
    });
    const stopHearing = keepUpToDate(coordination.notices, { standing, access });
    const metering = openQuotas({
      dependencies,
      directory: administered(people.directory),
      tenantLimits,
      audit,
      newId,
      alert: (tenantId, alert) => channels.publish(tenantId, 'alerts', alert),
    });
    const providers = createProviderService({
      store: store.providers,
      resources: store.resources,
      settings: store.settings,
      secrets: dependencies.secrets,
      fetch: dependencies.outbound.fetch,
      refusedAddress: dependencies.outbound.refusal,
      notices: coordination.notices,
      installed: dependencies.installedProvider,
      localModels: dependencies.localModels ?? noLocalModels,
      clock,
      newId,
      changed: (tenantId, change) => channels.publish(tenantId, 'providers', change),
      log,
    });
    const toolSecrets = createSecretService({
      store: store.secrets,
      secrets: dependencies.secrets,
      now: clock.now,
      log,
    });
    const toolConnections = createConnectionService({
      store: store.connections,
      secrets: dependencies.secrets,
      now: clock.now,
      log,
    });
    const names = createNameClaims({ claims: store.claims, now: clock.now, newId });
    const mcpServers = createMcpServerService({
      store: store.mcpServers,
      locks: store.mcpLocks,
      resources: store.resources,
      ...dependencies.mcpServers,
      names,
      notices: coordination.notices,
      tenantIds: async () => (await store.tenants.all()).map(({ id }) => id),
      newId,
      now: clock.now,
      changed: (tenantId, change) => channels.publish(tenantId, 'mcp-servers', change),
      log,
    });
    const runs = createAgentRunService({
      runs: dependencies.agentRuns,
      store: store.agentRuns,
      calls: store.calls,
      conversations: store.conversations,
      resources: store.resources,
      grants: store.grants,
      quotas: metering.quotas,
      clock,
      newId,
      changed: (tenantId, change) => channels.publish(tenantId, 'runs', change),
      log,
    });
    if (dependencies.alone) await runs.interruptAll((await store.tenants.all()).map(({ id }) => id));
    const { handlers, close: closeHandlers } = createHandlers({
      runs,
      metering,
      dependencies,
      configuration: configurationOf(dependencies, issuer),
      access,
      identity: { verify, sessions, attempts, ...people },
      origin,
      standing,
      providers,
      toolSecrets,
      toolConnections,
      mcp: {
        servers: mcpServers,
        ...dependencies.mcpServers,
        authorization: createMcpAuthorization({
          ...dependencies.mcpServers,
          secrets: dependencies.secrets,
          origin,
          newId,
          now: clock.now,
        }),
      },
      names,
      newId,
      isOwnMcp: (url) => isOwnMcp(url, origin, tenantDomains(dependencies)),
      publish: channels.publish,
    });
    const site = editorSite(dependencies.editorDirectory, origin);

    app.use(requestId(newId));
    app.use(requestLog(log, clock.now));
    app.use(
      securityHeaders({
        origin,
        issuerOrigin: dependencies.issuer.kind === 'external' ? new URL(issuer).origin : undefined,
        editorOrigins,
        scriptHashes: site.scriptHashes,
      }),
    );
    app.use(ipFilter(admits, addressOf));
    app.use(burst(bursts, addressOf));
    app.use(hostName(dependencies.host, dependencies.publicUrl));
    app.use(healthRoutes({ checks: checksOf(dependencies), version }));
    app.use(docsRoutes(origin, version));
    app.use('/api', crossOrigin([origin, ...editorOrigins]));
    const limiting = {
      windows: coordination.windows,
      tenantLimits,
      installation: rates,
      now: clock.now,
    };
    app.use(
      '/api',
      apiRouter(
        handlers,
        stages({
          verify,
          verifyKey: keys.verify,
          agree,
          standing,
          access,
          limits: limiting,
          metering,
          repetition: { replies: store.replies, now: clock.now, newId, log },
        }),
        { audit, now: clock.now, log },
        addressOf,
        clock.after,
      ),
    );
    app.use(mcpCallbackPage());
    const processes = dependencies.mcp && mountMcp(dependencies.mcp);
    if (issuerRouter) app.use(issuerRouter);
    app.use(invitationPages(handlers.invitations.look));
    app.use(site.router);
    app.use(unknownRoute);
    app.use(unexpectedErrors(log));

    /** Our MCP server, let in by the same stages. */
    function mountMcp(face: McpFace) {
      const { runs: startedRuns, quotas } = metering;
      const processes = createProcessesAsTools({ engine, store, quotas, runs: startedRuns, clock });
      const originOf = originAskedFor(origin, tenantDomains(dependencies));
      app.use('/mcp', crossOrigin([origin, ...editorOrigins]));
      app.use(
        mcpRoutes({
          face,
          callerOf: (principal, called) =>
            callerOf({ access, store, processes, channels }, principal, called),
          entrance: [
            authenticate(verify, keys.verify),
            tenant(agree, standing),
            tenantIpFilter(tenantLimits),
            jsonBody(),
          ],
          counting: [rateLimit(limiting), requestQuota(metering)],
          recording: { audit, now: clock.now, log },
          clientAddress: addressOf,
          resource: protectedResource(issuer, originOf),
          origins: [origin, ...editorOrigins],
          originOf,
          log,
        }),
      );
      return processes;
    }

    const sockets = createSockets({
      channels,
      verify,
      verifyKey: keys.verify,
      agree,
      standing,
      access,
      admits: async (tenantId, address) => (await tenantLimits.of(tenantId)).admits(address),
      clientAddress: addressOf,
      record: recordLive({ audit, newId, now: clock.now, log }),
      notices: coordination.notices,
      clock,
      origins: [origin, ...editorOrigins],
      log,
    });
    const stopFeed = feedFromEngine(engine, channels, clock);
    server.on('upgrade', (request, socket, head) => {
      const address = addressOf(request);
      const welcome = admits(address) && bursts.take(countedAs(address));
      if (welcome && request.url?.split('?', 1)[0] === '/ws') void sockets.upgrade(request, socket, head);
      else socket.destroy();
    });
    answerWith(app);
    void store.tenants
      .all()
      .then(async (tenants) => {
        const ids = tenants.map(({ id }) => id);
        await toolSecrets.resume(ids);
        await toolConnections.resume(ids);
        await dependencies.mcpServers.credentials.resume(ids);
        await providers.resume(ids);
      })
      .catch((error: unknown) => log.error({ err: error }, 'providers and secrets were not taken up'));

    return {
      url: origin,
      issuer,
      port,
      publish: channels.publish,
      quotas: metering.quotas,
      provider: providers.connection,
      secret: toolSecrets.open,
      connection: toolConnections.open,
      mcpNews: mcpServers.heard,
      async close() {
        processes?.close();
        closeHandlers();
        stopFeed();
        stopHearing();
        audit.close();
        sessions.close();
        keys.close();
        sockets.close();
        tenantLimits.close();
        await metering.close();
        await closeServer(server);
        await mcpServers.close();
        await providers.close();
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

/** Names below which each tenant has its own; on this machine every browser knows those below `localhost`. */
function tenantDomains({ host, publicUrl, tenantDomain }: GatewayDependencies): string[] {
  if (tenantDomain !== undefined) return [tenantDomain.toLowerCase()];
  if (publicUrl === undefined) return isLoopback(host) ? ['localhost'] : [];
  const { hostname } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? [] : [hostname];
}

async function refuseExposedPasswords({
  issuer,
  host,
  publicUrl,
  store,
}: GatewayDependencies): Promise<void> {
  const refused = (but: string) =>
    new GatewayRefused(
      'DEVELOPMENT_PASSWORDS_EXPOSED',
      `Expected development passwords only with the embedded issuer on a loopback address, but ${but}`,
    );
  if (issuer.kind === 'external') {
    if (issuer.developmentUsers) throw refused(`the issuer is ${issuer.issuer}`);
    return;
  }
  const reachable = [host, ...(publicUrl ? [new URL(publicUrl).hostname] : [])].find(
    (name) => !isLoopback(name),
  );
  if (reachable === undefined) return;
  if (issuer.developmentUsers)
    throw refused(`others reach it at ${reachable}; set OIDC_ISSUER, or stay on 127.0.0.1`);
  const exposed = await usersWithDevelopmentPasswords(store.identity);
  if (exposed.length > 0) {
    throw refused(
      `others reach it at ${reachable} and ${exposed.join(', ')} still have their names as passwords`,
    );
  }
}

async function issuerOf(
  dependencies: GatewayDependencies,
  {
    origin,
    attempts,
    audit,
    sessions,
  }: { origin: string; attempts: SignInAttempts; audit: Audit; sessions: Sessions },
) {
  const { issuer: configured, store, clock, randomBytes } = dependencies;
  if (configured.kind === 'external') {
    const { issuer, tenantClaim, admin } = configured;
    const keys = externalIssuerKeys(issuer, dependencies.fetch);
    const rules = { issuer, audience: configured.audience, tenantClaim, keys, now: clock.now };
    const asked = { issuer, fetch: dependencies.fetch, clock };
    const people = admin
      ? {
          directory: createKeycloakDirectory(createAdminApi({ ...asked, ...admin })),
          passwordSignIn: createPasswordSignIn({ ...asked, ...admin }),
        }
      : unadministered;
    return { issuer, verify: createTokenVerifier(rules), router: undefined, ...people };
  }
  if (configured.developmentUsers) await seedDevelopmentUsers(store, randomBytes, new Date(clock.now()));
  const { createEmbeddedIssuer } = await import('./auth/embedded/embeddedIssuer.ts');
  const { issuer, keys, router, directory, passwordSignIn } = await createEmbeddedIssuer({
    origin,
    editorOrigins: dependencies.editorOrigins ?? [],
    store,
    offerDevelopmentUsers: configured.developmentUsers,
    attempts,
    signedIn: auditedSignIn(audit, clock.now),
    signedOut: auditedSignOut(audit, clock.now, sessions.end),
    now: clock.now,
    randomBytes,
  });
  const rules = { issuer, audience, tenantClaim: 'tenant', keys, now: clock.now };
  return { issuer, verify: createTokenVerifier(rules), router, directory, passwordSignIn };
}

function configurationOf(
  { issuer, engineKind, version }: GatewayDependencies,
  issuerUrl: string,
): Configuration {
  return {
    issuer: issuerUrl,
    clientId: issuer.kind === 'external' ? issuer.clientId : editorClient,
    engine: engineKind,
    version,
    developmentUsers:
      issuer.kind === 'embedded' && issuer.developmentUsers
        ? developmentUsers.map(({ username, tenantId, roles }) => ({ username, tenant: tenantId, roles }))
        : [],
  };
}

function checksOf(dependencies: GatewayDependencies) {
  const { store, engine, issuer, checks } = dependencies;
  return {
    store: () => store.ping(),
    engine: async () => {
      const topology = await engine.commands.topology();
      if (!topology.ok) throw new Error(topology.failure.message);
    },
    ...(issuer.kind === 'external'
      ? {
          issuer: async () => {
            const answer = await dependencies.fetch(`${issuer.issuer}/.well-known/openid-configuration`);
            if (!answer.ok)
              throw new Error(`Expected the issuer's configuration, but got status ${answer.status}`);
          },
        }
      : {}),
    ...checks,
  };
}

/** Takes the port first, for the issuer's address contains it; requests that come too early are told to wait. */
async function listen({ host, port, tls, limits = {} }: GatewayDependencies, newId: () => string) {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const server = createWebServer({ tls, limits, newId }, (request, response) => answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new GatewayRefused(
              'PORT_IN_USE',
              `Expected port ${port} to be free, but another program listens on it; set PORT to another one`,
            )
          : new GatewayRefused(
              'ADDRESS_UNAVAILABLE',
              `Expected to listen on ${host}:${port}, but ${error.message}`,
            ),
      );
    });
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    answerWith(listener: RequestListener) {
      answer = listener;
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A wildcard address is no address for a browser; IPv6 wears brackets. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
