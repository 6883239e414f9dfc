import { failed, ok, type Result } from '@baton/engine/protocol';
import { type ProviderType, providerRoot, providerTypes, scriptedModels } from '../../api/index.ts';
import type { Clock } from '../../dependencies.ts';
import { kinds } from './kinds.ts';
import { readScenario } from './scenario.ts';

/** Why a provider is not connected; `message` is for people and never holds the key. */
export interface ProviderFailure {
  code:
    | 'KEY_MISSING'
    | 'KEY_REFUSED'
    | 'KEY_UNREADABLE'
    | 'ADDRESS_REFUSED'
    | 'UNREACHABLE'
    | 'CERTIFICATE_REFUSED'
    | 'TIMEOUT'
    | 'REDIRECTED'
    | 'RATE_LIMITED'
    | 'ANSWER_INVALID'
    | 'ANSWER_TOO_LARGE'
    | 'SERVER_ERROR'
    | 'SCENARIO_INVALID'
    | LocalFailure['code'];
  message: string;
}

/** Why no model runs on this machine; `message` says what to do. */
export interface LocalFailure {
  code: 'LOCAL_RUNTIME_MISSING' | 'LOCAL_MODEL_MISSING';
  message: string;
}

export interface Connection {
  type: ProviderType;
  baseUrl: string | undefined;
  key: string | undefined;
  /** What a scripted one answers. */
  scenario?: string | undefined;
}

export interface Outside {
  /** Reaches only what may be reached, and follows no redirect. */
  fetch: typeof fetch;
  /** Names of the models in files of this machine. */
  localModels(): Promise<Result<string[], LocalFailure>>;
  clock: Clock;
}

/** ms for the whole question, so that a state stands within 5 s. */
export const timeLimit = 4_000;

/** Models that are kept of one provider, and characters of a name. */
const limits = { models: 1_000, name: 200 };

/** The mock takes any name; this is the one it has. */
export const mockModels = ['mock-1'];

/** Asks a provider for its models: who answers this is connected, and takes the key. */
export async function askModels(
  { type, baseUrl, key, scenario }: Connection,
  { fetch: ask, localModels, clock }: Outside,
  signal: AbortSignal,
): Promise<Result<string[], ProviderFailure>> {
  if (type === 'local') return localModels();
  if (type === 'scripted') return modelsOfScenario(scenario);
  const kind = kinds[type];
  const root = providerRoot(type, baseUrl);
  if (!kind || root === undefined) return ok(mockModels);
  if (providerTypes[type].key === 'required' && key === undefined) {
    return failed({ code: 'KEY_MISSING', message: 'Expected an API key, but none is saved' });
  }
  const { host } = new URL(root);
  const expected = `Expected the list of models from GET ${root}${kind.path.split('?', 1)[0]}`;
  const but = (code: ProviderFailure['code'], what: string) =>
    failed<ProviderFailure>({ code, message: `${expected}, but ${what}` });

  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort, { once: true });
  let late = false;
  const cancel = clock.after(timeLimit, () => {
    late = true;
    abort();
  });
  try {
    const answer = await ask(`${root}${kind.path}`, {
      headers: { accept: 'application/json', ...kind.headers(key) },
      signal: controller.signal,
    });
    const wrong = refusedByStatus(answer, root, type, key !== undefined);
    if (wrong) {
      void answer.body?.cancel().catch(() => undefined);
      return but(wrong.code, wrong.message);
    }
    const contentType = answer.headers.get('content-type') ?? '';
    if (/html/i.test(contentType)) {
      void answer.body?.cancel().catch(() => undefined);
      return but('ANSWER_INVALID', `${host} answered with a web page; is it the address of an API?`);
    }
    const names = kind.models(await jsonOf(answer));
    if (!names) return but('ANSWER_INVALID', `${host} answered something else; is the type right?`);
    const models = names.filter(
      (name): name is string =>
        typeof name === 'string' &&
        name !== '' &&
        name.length <= limits.name &&
        // A server may send back whatever it was sent.
        !(key !== undefined && name.includes(key)),
    );
    return ok([...new Set(models)].slice(0, limits.models));
  } catch (error) {
    if (late) return but('TIMEOUT', `${host} did not answer within ${timeLimit / 1000} s`);
    const { code, message } = reasonOf(error, host);
    return code === 'ADDRESS_REFUSED' ? failed({ code, message }) : but(code, message);
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
  }
}

export const noLocalModels: Outside['localModels'] = async () =>
  failed({
    code: 'LOCAL_RUNTIME_MISSING',
    message: 'Expected models on this machine, but this installation runs none',
  });

function modelsOfScenario(text: string | undefined): Result<string[], ProviderFailure> {
  const read = readScenario(text ?? '');
  return read.ok
    ? ok(read.value.models ?? scriptedModels)
    : failed({ code: 'SCENARIO_INVALID', message: read.failure });
}

function refusedByStatus(
  answer: Response,
  root: string,
  type: ProviderType,
  withKey: boolean,
): ProviderFailure | undefined {
  const { status } = answer;
  const { host } = new URL(root);
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    const location = answer.headers.get('location') ?? '';
    const target = URL.canParse(location, root) ? new URL(location, root).host : '';
    return {
      code: 'REDIRECTED',
      message: `${host} redirects${target ? ` to ${target.slice(0, 100)}` : ''}; give the address it leads to, if that is the right one`,
    };
  }
  if (status === 401 || status === 403) {
    const { title, key } = providerTypes[type];
    if (key === 'none') {
      return {
        code: 'ANSWER_INVALID',
        message: `${host} asks for an API key (status ${status}), and ${title} takes none; is the type right?`,
      };
    }
    return withKey
      ? { code: 'KEY_REFUSED', message: `${host} does not take the API key (status ${status})` }
      : { code: 'KEY_MISSING', message: `${host} asks for an API key and none is saved (status ${status})` };
  }
  if (status === 404 || status === 405)
    return {
      code: 'ANSWER_INVALID',
      message: `${host} has nothing there (status ${status}); is the address right?`,
    };
  if (status === 429)
    return {
      code: 'RATE_LIMITED',
      message: `${host} has had too many requests (status 429); check again later`,
    };
  return status >= 500
    ? { code: 'SERVER_ERROR', message: `${host} failed (status ${status}); check again later` }
    : { code: 'ANSWER_INVALID', message: `${host} answered with status ${status}` };
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown, host: string): ProviderFailure {
  const { code = '', message } = innermost(error);
  switch (code) {
    case 'ADDRESS_REFUSED':
    case 'ANSWER_TOO_LARGE':
      return { code, message: code === 'ADDRESS_REFUSED' ? message : `the answer of ${host} is too large` };
    case 'ECONNREFUSED':
      return { code: 'UNREACHABLE', message: `${host} refused the connection; does the server run there?` };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { code: 'UNREACHABLE', message: `there is no host of the name ${host.replace(/:\d+$/, '')}` };
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return { code: 'TIMEOUT', message: `${host} took no connection in time` };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { code: 'UNREACHABLE', message: `there is no way to ${host}` };
  }
  if (message === 'bad port')
    return { code: 'UNREACHABLE', message: `the port of ${host} is not one for web requests` };
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return { code: 'CERTIFICATE_REFUSED', message: `the certificate of ${host} is not trusted (${code})` };
  if (/SSL|TLS/.test(code))
    return {
      code: 'UNREACHABLE',
      message: `${host} does not speak TLS as expected (${code}); http or https?`,
    };
  return {
    code: 'UNREACHABLE',
    message: `the connection to ${host} broke off${code && /^\w+$/.test(code) ? ` (${code})` : ''}`,
  };
}

/** `fetch` wraps what went wrong; several addresses make one error of several. */
function innermost(error: unknown): { code?: string; message: string } {
  let inner = error;
  for (let depth = 0; depth < 5; depth++) {
    const { cause, errors } = inner as { cause?: unknown; errors?: unknown[] };
    const next = cause ?? errors?.[0];
    if (!(next instanceof Error)) break;
    inner = next;
  }
  return inner instanceof Error ? (inner as Error & { code?: string }) : { message: String(inner) };
}
