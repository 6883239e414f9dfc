/** Declarations of what the context of `run` has, each for those who declare it. */
export const contextTypes = `interface ToolRequest { method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; headers?: { [name: string]: string }; body?: string }
interface ToolResponse { readonly status: number; readonly ok: boolean; readonly headers: { readonly [name: string]: string }; text(): Promise<string>; json(): Promise<any> }
interface ToolNetwork {
  /** Sends a request to a declared host. Redirects are answers, not followed. */
  fetch: (url: string | { toString(): string }, request?: ToolRequest) => Promise<ToolResponse>;
}
interface ToolSecrets<Name> {
  /** Secrets of the tenant; whatever the call leaves behind shows them masked. */
  secrets: { get(name: Name): Promise<string> };
}
interface ToolMemory {
  /** Values that this tool keeps from call to call; \`null\` when there is none. */
  state: { get(key: string): Promise<any>; set(key: string, value: unknown): Promise<void>; delete(key: string): Promise<void>; list(): Promise<string[]> };
  /** Texts that this tool keeps, found by words and meaning. */
  search: {
    index(index: string, documents: { id: string; text: string; data?: unknown }[]): Promise<{ count: number }>;
    query(index: string, query: string, options?: { limit?: number }): Promise<{ results: { id: string; text: string; data?: any; score: number }[] }>;
  };
}
interface ToolFiles {
  /** Texts that all steps of the run share; \`null\` when there is none. */
  files: { list(): Promise<string[]>; read(name: string): Promise<string | null>; write(name: string, content: string): Promise<void> };
}
interface ToolMail { to: string[]; subject: string; text?: string; html?: string; from?: string; cc?: string[]; bcc?: string[]; replyTo?: string; attachments?: { filename: string; content: string; contentType?: string }[] }
type ToolDocument = { [name: string]: any };
interface ToolConnections<Name> {
  /** Statements to a PostgreSQL ($1, $2 …) or MySQL (?) connection; it only reads, unless the tool declares a side effect. */
  db: { query<Row = { [column: string]: any }>(connection: Name, sql: string, parameters?: readonly unknown[], options?: { rows?: number }): Promise<{ rows: Row[]; count: number; truncated: boolean }> };
  /** Requests to a MongoDB connection, in extended JSON: { $oid: '…' }, { $date: '…' }. */
  mongodb: {
    find(connection: Name, collection: string, options?: { filter?: ToolDocument; projection?: ToolDocument; sort?: ToolDocument; skip?: number; limit?: number }): Promise<{ documents: ToolDocument[]; truncated: boolean }>;
    aggregate(connection: Name, collection: string, options: { pipeline: ToolDocument[]; limit?: number }): Promise<{ documents: ToolDocument[]; truncated: boolean }>;
    count(connection: Name, collection: string, options?: { filter?: ToolDocument }): Promise<{ count: number }>;
    insert(connection: Name, collection: string, options: { documents: ToolDocument[] }): Promise<{ count: number; ids: any[] }>;
    update(connection: Name, collection: string, options: { filter?: ToolDocument; update: ToolDocument; many?: boolean }): Promise<{ count: number; changed: number }>;
    delete(connection: Name, collection: string, options?: { filter?: ToolDocument; many?: boolean }): Promise<{ count: number }>;
  };
  /** Mail by an SMTP connection; the tool has to declare a side effect. */
  email: { send(connection: Name, mail: ToolMail): Promise<{ messageId: string; accepted: string[]; rejected: string[] }> };
}
interface ToolModels<Name> {
  /** One answer of a model. */
  llm: { ask(question: { provider: Name; model: string; prompt: string; system?: string; maxTokens?: number; temperature?: number }): Promise<{ text: string; model: string; inputTokens: number; outputTokens: number }> };
}
/** \`schema\` is of the answer's content, an object; \`proposed\` is what its form begins with. */
interface ToolQuestion { message: string; schema?: { [keyword: string]: unknown }; proposed?: { [name: string]: unknown } }
type ToolAnswer = { action: 'accept'; content: { [name: string]: any } } | { action: 'decline' } | { action: 'cancel' };
interface ToolQuestions {
  /** Asks a person; the call ends here, and goes on from here with the answer, minutes or days later. */
  ask: (question: ToolQuestion) => Promise<ToolAnswer>;
}
interface ToolData {
  /** The value of a FEEL expression over the variables. */
  feel: (expression: string, variables?: { [name: string]: unknown }) => Promise<any>;
  /** Rows of a CSV text: objects by its first line, or lists with { header: false }; and the other way. */
  csv: { parse(text: string, options?: { header?: boolean; delimiter?: ',' | ';' | '\\t' | '|'; convert?: boolean }): Promise<any[]>; format(rows: readonly unknown[], options?: { columns?: string[]; delimiter?: ',' | ';' | '\\t' | '|' }): Promise<string> };
  /** What a page says, without its markup. */
  html: { text(html: string): Promise<string> };
}
/** Writes to the log of the call. */
declare const console: { log(...parts: unknown[]): void; info(...parts: unknown[]): void; warn(...parts: unknown[]): void; error(...parts: unknown[]): void; debug(...parts: unknown[]): void };
`;

/** `defineTool` of a module that states nothing but what it does. */
export const plainTypes = `interface ToolModule {
  /** As the tool is called; it is refused under another name. */
  name?: string;
  /** What a model reads to decide whether to call it. */
  description?: string;
  /** Called once a call, with arguments that fit the input schema; its answer has to fit the output schema. */
  run(input: ToolInput, context: ToolContext): ToolOutput | Promise<ToolOutput>;
}
/** The default export of a tool's module. */
declare function defineTool(tool: ToolModule): ToolModule;
`;

/** `defineTool`, and the types of what a module states itself. */
export const statedTypes = `type StatedRequired<S> = S extends { readonly required: readonly (infer R)[] } ? R : never;
type StatedObject<S> = S extends { readonly properties: infer P }
  ? { -readonly [K in keyof P as K extends StatedRequired<S> ? K : never]-?: StatedValue<P[K]> }
    & { -readonly [K in keyof P as K extends StatedRequired<S> ? never : K]?: StatedValue<P[K]> }
    & (S extends { readonly additionalProperties: false } ? {} : { [name: string]: any })
  : { [name: string]: unknown };
type StatedType<T, S> = T extends 'string' ? string
  : T extends 'number' | 'integer' ? number
  : T extends 'boolean' ? boolean
  : T extends 'null' ? null
  : T extends 'array' ? (S extends { readonly items: infer I } ? StatedValue<I>[] : unknown[])
  : T extends 'object' ? StatedObject<S>
  : any;
/** The values of a schema that a module states. */
type StatedValue<S> = S extends { readonly const: infer C } ? C
  : S extends { readonly enum: readonly (infer E)[] } ? E
  : S extends { readonly anyOf: readonly (infer A)[] } ? StatedValue<A>
  : S extends { readonly oneOf: readonly (infer A)[] } ? StatedValue<A>
  : S extends { readonly type: readonly (infer T)[] } ? StatedType<T, S>
  : S extends { readonly type: infer T } ? StatedType<T, S>
  : S extends { readonly properties: object } ? StatedObject<S>
  : any;
type StatedContext<C> = ToolData
  & (C extends { readonly network: readonly [unknown, ...unknown[]] } ? ToolNetwork : {})
  & (C extends { readonly secrets: readonly (infer Name)[] } ? ToolSecrets<Name> : {})
  & (C extends { readonly memory: true } ? ToolMemory : {})
  & (C extends { readonly files: true } ? ToolFiles : {})
  & (C extends { readonly connections: readonly (infer Name)[] } ? ToolConnections<Name> : {})
  & (C extends { readonly models: readonly (infer Name)[] } ? ToolModels<Name> : {})
  & (C extends { readonly questions: true } ? ToolQuestions : {});
interface ToolCapabilities { network?: readonly string[]; secrets?: readonly string[]; connections?: readonly string[]; models?: readonly string[]; files?: boolean; memory?: boolean; questions?: boolean }
interface ToolModule<I, O, C> {
  /** As the tool is called; it is refused under another name. */
  name?: string;
  /** What a model reads to decide whether to call it. */
  description?: string;
  /** JSON Schema of the arguments, written out. */
  input?: I;
  /** JSON Schema of the answer, written out. */
  output?: O;
  /** What it asks for beside computing; an admin grants it. */
  capabilities?: C;
  /** Called once a call, with arguments that fit the input schema; its answer has to fit the output schema. */
  run(
    input: [I] extends [undefined] ? ToolInput : StatedValue<I>,
    context: [C] extends [undefined] ? ToolContext : StatedContext<C>,
  ): StatedAnswer<O> | Promise<StatedAnswer<O>>;
}
type StatedAnswer<O> = [O] extends [undefined] ? ToolOutput : StatedValue<O>;
/** The default export of a tool's module. What is stated here goes before what its form says. */
declare function defineTool<const I extends object | undefined = undefined, const O extends object | undefined = undefined, const C extends ToolCapabilities | undefined = undefined>(tool: ToolModule<I, O, C>): ToolModule<I, O, C>;
`;
