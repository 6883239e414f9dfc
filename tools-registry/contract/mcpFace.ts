import type { JsonSchema, JsonValue } from './json.ts';

/** What somebody needs for the parts of the face: tools, processes as tools, prompts, resources. */
export type McpPermission =
  | 'tools:run'
  | 'instances:start'
  | 'instances:read'
  | 'instances:cancel'
  | 'prompts:read'
  | 'workflows:read'
  | 'agents:read'
  | 'tasks:read';

/** Lists that may differ from one question to the next. */
export type McpList = 'tools' | 'prompts' | 'resources';

/** Expected failure of something behind the face: its code and a sentence. */
export type McpAnswer<T> = { ok: true; value: T } | { ok: false; failure: { code: string; message: string } };

/** A deployed process with a start form. */
export interface McpProcess {
  bpmnProcessId: string;
  title: string;
  description: string;
  /** Of the variables it starts with. */
  input: JsonSchema;
}

/** A run of a process as whoever started it sees it. */
export interface McpTask {
  /** Key of the process instance. */
  id: string;
  process: string;
  status: 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';
  /** What it waits for, or why it does not go on. */
  message?: string;
  /** ISO 8601. */
  createdAt: string;
  endedAt?: string;
  /** Variables of the ended run. */
  result?: { [name: string]: JsonValue };
}

/** What happens in a run, as progress of the call that started it. */
export interface McpTaskEvent {
  /** `Ask the model: started`. */
  message: string;
  /** It ended, or stopped: whoever waits looks again. */
  over: boolean;
}

/** Deployed processes of the caller's tenant. */
export interface McpProcesses {
  list(): Promise<McpProcess[]>;
  start(bpmnProcessId: string, variables: { [name: string]: JsonValue }): Promise<McpAnswer<{ id: string }>>;
  task(id: string): Promise<McpAnswer<McpTask>>;
  cancel(id: string): Promise<McpAnswer<undefined>>;
  /** @returns the end of it */
  follow(id: string, heard: (event: McpTaskEvent) => void): () => void;
}

export interface McpPrompt {
  name: string;
  description: string;
  arguments: { name: string; description?: string; required: boolean }[];
}

/** Content as MCP has it. */
export type McpContent = { type: string } & { [field: string]: JsonValue };

export interface McpPrompts {
  list(): Promise<McpPrompt[]>;
  get(
    name: string,
    given: { readonly [name: string]: string },
  ): Promise<
    McpAnswer<{ description: string; messages: { role: 'user' | 'assistant'; content: McpContent }[] }>
  >;
}

export interface McpResource {
  uri: string;
  name: string;
  description?: string;
  mimeType: string;
}

export type McpResourceContent =
  | { uri: string; mimeType: string; text: string }
  | { uri: string; mimeType: string; blob: string };

export interface McpResources {
  list(): Promise<McpResource[]>;
  templates(): Promise<{ uriTemplate: string; name: string; description: string; mimeType: string }[]>;
  /** Values for a variable of a template, as far as they are typed. */
  complete(uriTemplate: string, variable: string, typed: string): Promise<string[]>;
  read(uri: string): Promise<McpAnswer<McpResourceContent[]>>;
}

/** What a list change is about; `uri` where one resource changed. */
export interface McpChange {
  list: McpList;
  uri?: string;
}

/** Who asks, in their tenant: what they see, and what they may. */
export interface McpCaller {
  tenantId: string;
  /** Of the user, service or key; whoever has another one shares nothing. */
  id: string;
  name: string;
  may(permission: McpPermission): Promise<boolean>;
  /** Whether the policy lets them see and call the tool of this name. */
  mayCall(tool: string): Promise<boolean>;
  processes: McpProcesses;
  prompts: McpPrompts;
  resources: McpResources;
  /** Told before a tool is called, and whether that may change something. Rejects: it may not be called now. */
  calling(mayChange: boolean): Promise<void>;
  /** Told how their call of a tool ended, before they are: what failed, if anything did. Rejects: it may not be answered. */
  called(failure: { code: string; message: string } | undefined): Promise<void>;
  /** Changes in the tenant, from any gateway; @returns the end of it */
  watch(heard: (change: McpChange) => void): () => void;
}

/** Our MCP server: one request of Streamable HTTP, of who was let in. */
export interface McpFace {
  handle(request: Request, body: unknown, caller: McpCaller): Promise<Response>;
  /** Ends what is open. */
  close(): Promise<void>;
}
