/** What a tool asks for beside computing. Its author declares it, an admin grants it; without both it is not there. */
export interface Capabilities {
  /** Hosts it may send requests to: `api.example.com`, `*.example.com`, `127.0.0.1:8080`. Without a port, 80 and 443. */
  network: readonly string[];
  /** Names of the tenant's secrets it may read. */
  secrets: readonly string[];
  /** Names of the tenant's connections it may use: databases, mail. */
  connections: readonly string[];
  /** Names of the tenant's providers whose models it may ask. */
  models: readonly string[];
  /** Texts that every step of the same run reads and writes by name. */
  files: boolean;
  /** Values that it keeps from one call to the next. */
  memory: boolean;
  /** Asking a person, whose answer the call waits for. */
  questions: boolean;
}

/** In a list that a tool of the product declares: whatever an admin grants. Nobody can grant it. */
export const WHATEVER_GRANTED = '*';

export const noCapabilities: Capabilities = {
  network: [],
  secrets: [],
  connections: [],
  models: [],
  files: false,
  memory: false,
  questions: false,
};

/** Whether a list that a tool declares has the name in it. */
export function declares(list: readonly string[], name: string): boolean {
  return list.includes(name) || list.includes(WHATEVER_GRANTED);
}

/** What is both declared and granted: an author who declares more, or an admin who grants more, changes nothing alone. */
export function granted(declared: Capabilities, given: Capabilities): Capabilities {
  const both = (wanted: readonly string[], had: readonly string[]) =>
    wanted.includes(WHATEVER_GRANTED) ? had : wanted.filter((each) => had.includes(each));
  return {
    network: both(declared.network, given.network),
    secrets: both(declared.secrets, given.secrets),
    connections: both(declared.connections, given.connections),
    models: both(declared.models, given.models),
    files: declared.files && given.files,
    memory: declared.memory && given.memory,
    questions: declared.questions && given.questions,
  };
}

/** What is declared and not granted; `undefined` when nothing is. */
export function notGranted(declared: Capabilities, given: Capabilities): Capabilities | undefined {
  const without = (wanted: readonly string[], had: readonly string[]) =>
    wanted.filter((each) => (each === WHATEVER_GRANTED ? had.length === 0 : !had.includes(each)));
  const missing: Capabilities = {
    network: without(declared.network, given.network),
    secrets: without(declared.secrets, given.secrets),
    connections: without(declared.connections, given.connections),
    models: without(declared.models, given.models),
    files: declared.files && !given.files,
    memory: declared.memory && !given.memory,
    questions: declared.questions && !given.questions,
  };
  const none = Object.values(missing).every((each) => (Array.isArray(each) ? each.length === 0 : !each));
  return none ? undefined : missing;
}

/** A host as people write it: a name or address, `*.` before it for every name below, a port behind it. */
export const hostPattern =
  /^(?:(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Names of secrets, as `secrets.get` takes them. */
export const secretNamePattern = /^[A-Za-z][\w.-]{0,62}$/;

/** Names of connections, as `db.query` takes them. */
export const connectionNamePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The first host of the list that covers the URL; `undefined` when none does. */
export function coveringHost(hosts: readonly string[], url: URL): string | undefined {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return hosts.find((host) => {
    const [, name = '', ownPort] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
    const portFits = ownPort === undefined ? url.port === '' : ownPort === port;
    const nameFits = name.startsWith('*.')
      ? url.hostname.endsWith(name.slice(1)) && url.hostname.length > name.length - 1
      : url.hostname === name;
    return portFits && nameFits;
  });
}
