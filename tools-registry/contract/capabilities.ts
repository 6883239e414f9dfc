/** What a tool asks for beside computing. Its author declares it, an admin grants it; without both it is not there. */
export interface Capabilities {
  /** Hosts it may send requests to: `api.example.com`, `*.example.com`, `127.0.0.1:8080`. Without a port, 80 and 443. */
  network: readonly string[];
  /** Names of the tenant's secrets it may read. */
  secrets: readonly string[];
  /** Texts that every step of the same run reads and writes by name. */
  files: boolean;
  /** Values that it keeps from one call to the next. */
  memory: boolean;
}

export const noCapabilities: Capabilities = { network: [], secrets: [], files: false, memory: false };

/** What is both declared and granted: an author who declares more, or an admin who grants more, changes nothing alone. */
export function granted(declared: Capabilities, given: Capabilities): Capabilities {
  return {
    network: declared.network.filter((host) => given.network.includes(host)),
    secrets: declared.secrets.filter((name) => given.secrets.includes(name)),
    files: declared.files && given.files,
    memory: declared.memory && given.memory,
  };
}

/** What is declared and not granted; `undefined` when nothing is. */
export function notGranted(declared: Capabilities, given: Capabilities): Capabilities | undefined {
  const missing = {
    network: declared.network.filter((host) => !given.network.includes(host)),
    secrets: declared.secrets.filter((name) => !given.secrets.includes(name)),
    files: declared.files && !given.files,
    memory: declared.memory && !given.memory,
  };
  const none =
    missing.network.length === 0 && missing.secrets.length === 0 && !missing.files && !missing.memory;
  return none ? undefined : missing;
}

/** A host as people write it: a name or address, `*.` before it for every name below, a port behind it. */
export const hostPattern =
  /^(?:(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Names of secrets, as `secrets.get` takes them. */
export const secretNamePattern = /^[A-Za-z][\w.-]{0,62}$/;

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
