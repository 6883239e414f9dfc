import {
  type McpAuthKind,
  type McpServer,
  type McpServerBody,
  type McpTransportKind,
  mcpServerRoutes,
} from '@baton/gateway/api';

/** A server as it is typed. */
export interface McpServerDraft {
  name: string;
  description: string;
  transport: McpTransportKind;
  url: string;
  command: string;
  /** One a line. */
  args: string;
  env: readonly EnvDraft[];
  auth: McpAuthKind;
  /** Of `header` and `user`. */
  header: string;
  /** Empty: the saved one stays. */
  headerValue: string;
  scopes: readonly string[];
  clientId: string;
  /** Empty: the saved one stays. */
  clientSecret: string;
  /** s */
  timeout: string;
  enabled: boolean;
}

export interface EnvDraft {
  name: string;
  kind: 'value' | 'secret';
  /** The value itself, or the name of a secret. */
  text: string;
}

/** Which field, and what is wrong with it: "Expected …, but …". */
export type DraftProblems = { [field: string]: string };

export const blankEnv: EnvDraft = { name: '', kind: 'value', text: '' };

export function draftOf(server: McpServer | undefined): McpServerDraft {
  const transport = server?.transport ?? { kind: 'http', url: '' };
  const auth = server?.auth ?? { kind: 'none' };
  const program = transport.kind === 'stdio' ? transport : undefined;
  return {
    name: server?.name ?? '',
    description: server?.description ?? '',
    transport: transport.kind,
    url: transport.kind === 'stdio' ? '' : transport.url,
    command: program?.command ?? '',
    args: (program?.args ?? []).join('\n'),
    env: Object.entries(program?.env ?? {}).map(([name, of]) =>
      'secret' in of ? { name, kind: 'secret', text: of.secret } : { name, kind: 'value', text: of.value },
    ),
    auth: auth.kind,
    header: auth.kind === 'header' ? auth.name : auth.kind === 'user' ? auth.header : 'Authorization',
    headerValue: '',
    scopes: auth.kind === 'oauth' ? auth.scopes : [],
    clientId: auth.kind === 'oauth' ? (auth.clientId ?? '') : '',
    clientSecret: '',
    timeout: String((server?.timeout ?? 60_000) / 1000),
    enabled: server?.enabled ?? true,
  };
}

/** What is saved: values and secrets nobody typed stay as they are. */
export function bodyOf(draft: McpServerDraft): McpServerBody {
  const { name, description, transport, url, command, args, env, enabled } = draft;
  return {
    name: name.trim(),
    description,
    transport:
      transport === 'stdio'
        ? {
            kind: transport,
            command: command.trim(),
            args: args === '' ? [] : args.split('\n'),
            env: Object.fromEntries(
              env.map((each) => [
                each.name,
                each.kind === 'secret' ? { secret: each.text } : { value: each.text },
              ]),
            ),
          }
        : { kind: transport, url: url.trim() },
    // A program is given its credentials by its environment.
    auth: transport === 'stdio' ? { kind: 'none' } : authOf(draft),
    timeout: Math.round(Number(draft.timeout) * 1000),
    enabled,
  };
}

function authOf({ auth, header, headerValue, scopes, clientId, clientSecret }: McpServerDraft) {
  switch (auth) {
    case 'header':
      return { kind: auth, name: header.trim(), ...(headerValue && { value: headerValue }) };
    case 'oauth':
      return {
        kind: auth,
        scopes: [...scopes],
        ...(clientId && { clientId: clientId.trim() }),
        ...(clientSecret && { clientSecret }),
      };
    case 'user':
      return { kind: auth, header: header.trim() };
    default:
      return { kind: auth };
  }
}

/** What the gateway would refuse, in the words of the form. */
export function problemsOf(draft: McpServerDraft, saved: McpServer | undefined): DraftProblems {
  const problems: DraftProblems = {};
  const needed = (field: string, what: string, text: string) => {
    if (text.trim() === '') problems[field] = `Expected ${what}, but it is empty.`;
  };
  needed('name', 'a name', draft.name);
  if (draft.transport === 'stdio') {
    needed('command', 'a command', draft.command);
    draft.env.forEach(({ name }, at) => {
      if (name === '') problems[`env.${at}`] = 'Expected a name for each variable, but one has none.';
      else if (draft.env.findIndex((each) => each.name === name) < at)
        problems[`env.${at}`] = `Expected each variable once, but ${name} is there twice.`;
    });
  } else {
    needed('url', 'the address of the server', draft.url);
    if (draft.auth === 'header' && draft.headerValue === '' && !keepsValue(draft, saved))
      problems.headerValue = 'Expected the value of the header, but it is empty.';
  }
  const seconds = Number(draft.timeout);
  if (draft.timeout.trim() === '' || !Number.isFinite(seconds) || seconds < 0.1 || seconds > 3600)
    problems.timeout = `Expected 0.1 to 3600 seconds, but got ${draft.timeout.trim() || 'nothing'}.`;
  const read = mcpServerRoutes.create.body.safeParse(bodyOf(draft));
  if (read.success) return problems;
  for (const { path, message } of read.error.issues) {
    const field = fieldOf(path, draft);
    problems[field] ??= `${message.replace(/\.$/, '')}, but there is something else.`;
  }
  return problems;
}

/** A value is never sent to a server it was not given for. */
function keepsValue({ url, header }: McpServerDraft, saved: McpServer | undefined): boolean {
  if (saved?.auth.kind !== 'header' || !saved.auth.hasValue || saved.transport.kind === 'stdio') return false;
  const originOf = (text: string) => (URL.canParse(text) ? new URL(text).origin : text);
  return saved.auth.name === header.trim() && originOf(saved.transport.url) === originOf(url.trim());
}

/** Where in the form a place of the body is. */
function fieldOf([first, second, third]: readonly PropertyKey[], { env }: McpServerDraft): string {
  if (first === 'transport')
    return second === 'env' ? `env.${env.findIndex(({ name }) => name === third)}` : String(second);
  if (first === 'auth')
    return second === 'name' ? 'header' : second === 'value' ? 'headerValue' : String(second);
  return String(first);
}
