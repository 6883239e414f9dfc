import { failed, ok, type Result } from '@baton/engine/protocol';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;

/** Networks that are not the public internet and may be reached all the same. */
export type Network = readonly [Address, number];

const named: { readonly [word: string]: readonly string[] } = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Reads networks as a variable has them: `loopback`, `private`, addresses or CIDR ranges, separated by commas. */
export function readNetworks(text: string): Result<Network[], string> {
  const networks: Network[] = [];
  for (const part of text.split(',')) {
    const word = part.trim();
    if (word === '') continue;
    for (const range of named[word] ?? [word]) {
      const cidr = ipaddr.isValid(range) ? `${range}/${range.includes(':') ? 128 : 32}` : range;
      if (!ipaddr.isValidCIDR(cidr))
        return failed(`Expected loopback, private, addresses or ranges like 10.1.0.0/16, but got '${word}'`);
      networks.push(ipaddr.parseCIDR(cidr));
    }
  }
  return ok(networks);
}

const words: { readonly [range: string]: string } = {
  unspecified: 'this machine',
  loopback: 'this machine',
  private: 'a private network',
  uniqueLocal: 'a private network',
  linkLocal: 'a link-local network',
  carrierGradeNat: 'a private network',
};

/**
 * What an address is when it may not be reached, in words; `undefined` when it may. Only what is public is open: an address
 * that wraps another one (mapped, 6to4, NAT64) is not, unless it is the plain form of a public one.
 */
export function refusedAs(address: string, allowed: readonly Network[]): string | undefined {
  if (!ipaddr.isValid(address)) return 'no address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast') return undefined;
  const inside = allowed.some(
    ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
  );
  return inside ? undefined : (words[range] ?? 'a reserved network');
}
