import type { IncomingHttpHeaders } from 'node:http';
import { ok, type Result } from '@baton/engine/protocol';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * Which tenant a request says it is for, beside its token: by a name below the installation's (`acme.baton.example`) and
 * by the header `X-Tenant`. Each may be left out; whatever is said must be the tenant of the token.
 */
export type TenantNames = (headers: IncomingHttpHeaders, tenantId: string) => Result<void, Refusal>;

const hostsKept = 1_000;

/** @param domains below which tenants have names, in lower case, e.g. `baton.example`. */
export function tenantNames(domains: readonly string[]): TenantNames {
  /** Clients ask for few hosts, again and again. */
  const known = new Map<string | undefined, string | undefined>();

  function tenantIn(host: string | undefined): string | undefined {
    if (known.has(host)) return known.get(host);
    const named = subdomainOf(host, domains);
    if (known.size >= hostsKept) known.clear();
    known.set(host, named);
    return named;
  }

  return (headers, tenantId) => {
    const header = headers['x-tenant'];
    if (header !== undefined && header !== tenantId) {
      return refuse(
        'TENANT_MISMATCH',
        `Expected X-Tenant to be the tenant of the token, but it is '${String(header).slice(0, 64)}'`,
      );
    }
    const named = tenantIn(headers.host);
    if (named !== undefined && named !== tenantId) {
      return refuse(
        'TENANT_MISMATCH',
        `Expected an address of the tenant of the token, but it is that of '${named.slice(0, 64)}'`,
      );
    }
    return ok();
  };
}

/** `acme` of `acme.baton.example:8080`. */
export function subdomainOf(host: string | undefined, domains: readonly string[]): string | undefined {
  const address = `http://${host}`;
  if (host === undefined || !URL.canParse(address)) return undefined;
  const name = new URL(address).hostname.replace(/\.$/, '');
  const domain = domains.find((candidate) => name.endsWith(`.${candidate}`));
  return domain === undefined ? undefined : name.slice(0, -domain.length - 1);
}
