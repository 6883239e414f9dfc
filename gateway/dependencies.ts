import type { EngineClient } from '@baton/engine/client';
import type { Evaluation } from '@baton/engine/feel';
import type { ModelProblem, TriedDecision } from '@baton/engine/model';
import type { JsonObject, Result } from '@baton/engine/protocol';
import type { Coordination } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import type { McpConnections, McpFace } from '@baton/tools-registry/contract';
import type { Logger } from 'pino';
import type { QuotaName } from './api/index.ts';
import type { Rates } from './limits/rates.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { AgentRuns } from './resources/agentRuns/agentRuns.ts';
import type { AgentRuntimes } from './resources/agentRuntimes/agentRuntimes.ts';
import type { AssignedInstances } from './resources/assignments/instances.ts';
import type { OpenMcpCredentials } from './resources/mcpServers/credentials.ts';
import type { Outside } from './resources/providers/askModels.ts';
import type { InstalledProvider } from './resources/providers/service.ts';
import type { Recordings } from './resources/recordings/recordings.ts';
import type { ToolSearch } from './resources/toolCatalog/ports.ts';
import type { ToolTrial } from './resources/tools/service.ts';
import type { Secrets } from './secrets/secrets.ts';

/** Time as the gateway sees it; real in the composition root, driven by hand in tests. */
export interface Clock {
  /** epoch ms. */
  now(): number;
  /** Calls after `delay` ms; answers the cancellation. */
  after(delay: number, call: () => void): () => void;
}

export type IssuerConfiguration =
  | {
      kind: 'embedded';
      /** Seeds `designer`, `author`, `admin` with password = name; only on a loopback address. */
      developmentUsers: boolean;
    }
  | {
      kind: 'external';
      /** Issuer URL as its tokens name it, without a slash at the end. */
      issuer: string;
      clientId: string;
      audience: string;
      /** Claim of the access token that names the tenant. */
      tenantClaim: string;
      /** A confidential client that may manage the realm's users and sign programs in (Keycloak). */
      admin?: { clientId: string; clientSecret: string };
      /** Whether somebody asked for development users beside a real issuer, which is refused. */
      developmentUsers?: boolean;
    };

/** How much the installation lets in, and from where. */
export interface InstallationLimits {
  /** Requests a minute, where they differ from the defaults. */
  rates?: Partial<Rates>;
  /** What a tenant may have, where it differs from the defaults. */
  quotas?: { readonly [N in QuotaName]?: number };
  /** Requests of one address, whoever it is: so many a second, twice as many at once. */
  burstPerSecond?: number;
  /** Addresses and networks let in (all, if there is none) and kept out. */
  allow?: readonly string[];
  deny?: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed; nobody's, if there is none. */
  trustedProxies?: readonly string[];
  /** Connections at once, in all and of one address. */
  connections?: number;
  connectionsPerAddress?: number;
  /** ms in which a request's headers, and the whole of it, must have come. */
  headersTimeout?: number;
  requestTimeout?: number;
}

/** The tenants’ MCP servers, as this process is connected to them. */
export interface McpServerAccess {
  connections: McpConnections;
  credentials: OpenMcpCredentials;
  /** Programs of this machine may be servers, once an admin approved them. */
  programs: boolean;
  /** Why an address would be refused, in words. */
  refusal: Outbound['refusal'];
}

export interface GatewayDependencies {
  /** Address to listen on. */
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** Origin browsers use, if it is not `http://<host>:<port>`. */
  publicUrl: string | undefined;
  /** `baton.example`: `acme.baton.example` is tenant acme. Without it, the host of `publicUrl`. */
  tenantDomain?: string | undefined;
  /** Origins besides whose pages may sign in and listen: the editor's development server. */
  editorOrigins?: readonly string[];
  limits?: InstallationLimits;
  /** Certificate and key (PEM): serves HTTPS. */
  tls?: { cert: string; key: string };
  issuer: IssuerConfiguration;
  /** Whether strangers may make themselves a tenant; closed without it. */
  registration?: 'open' | 'closed';
  store: DocumentStore;
  /** What is shared with other gateway processes. */
  coordination: Coordination;
  engine: EngineClient;
  engineKind: 'embedded' | 'zeebe';
  /** What a deployment of this XML would meet; `modelProblems` of `@baton/engine/model` with its FEEL. */
  modelProblems(xml: string): readonly ModelProblem[] | Promise<readonly ModelProblem[]>;
  /** The same of a decision model; `decisionProblems` of `@baton/engine/model`. */
  decisionProblems(xml: string): readonly ModelProblem[] | Promise<readonly ModelProblem[]>;
  /** A FEEL expression (without `=`) with the variables it sees, as processes evaluate it; not in this thread. */
  evaluateFeel(
    expression: string,
    context: JsonObject,
  ): Promise<Result<Evaluation, { message: string; offset?: number }>>;
  /** A decision of a file as it stands; `tryDecision` of `@baton/engine/model`, not in this thread either. */
  tryDecision(
    xml: string,
    decisionId: string,
    variables: JsonObject,
  ): Promise<Result<TriedDecision, { message: string }>>;
  tools: ToolTrial;
  /** What `/mcp` serves; without it there is no such path. */
  mcp?: McpFace;
  mcpServers: McpServerAccess;
  /** Tools of every origin. */
  toolSearch: ToolSearch;
  agentRuns: AgentRuns;
  recordings: Recordings;
  /** No other process runs agents over the same store: what is said to be running at start was interrupted. */
  alone?: boolean;
  agentInstances: AssignedInstances;
  /** Without it, no agent runs in this process. */
  agentRuntimes?: AgentRuntimes;
  /** What is stored encrypted. */
  secrets: Secrets;
  /** Requests to addresses that users name. */
  outbound: Pick<Outbound, 'fetch' | 'refusal'>;
  /** A provider the installation gives every tenant. */
  installedProvider?: InstalledProvider;
  /** Names of the models in files of this machine; without it there are none. */
  localModels?: Outside['localModels'];
  /** Folder of the built editor; without it only the API is served. */
  editorDirectory: string | undefined;
  /** Further services shown by `/health/ready`, by name. */
  checks?: { readonly [name: string]: () => Promise<void> };
  version: string;
  clock: Clock;
  randomBytes(size: number): Uint8Array;
  fetch: typeof fetch;
  log: Logger;
}

/** Why the gateway does not start. */
export class GatewayRefused extends Error {
  readonly code: 'DEVELOPMENT_PASSWORDS_EXPOSED' | 'PORT_IN_USE' | 'ADDRESS_UNAVAILABLE';
  constructor(code: GatewayRefused['code'], message: string) {
    super(message);
    this.name = 'GatewayRefused';
    this.code = code;
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Whether only this machine reaches the address. */
export function isLoopback(host: string): boolean {
  return loopback.has(host) || /^127(\.\d{1,3}){3}$/.test(host);
}
