import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';

/** Addresses and networks in one list. */
export interface AddressList {
  has(address: string): boolean;
  readonly empty: boolean;
}

const ranges = { 4: 32, 6: 128 } as const;

/** Whether the text is an address or a network as CIDR: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.7`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address) as 0 | 4 | 6;
  if (version === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= ranges[version]);
}

/** @param networks as `isNetwork` takes them */
export function addressList(networks: readonly string[]): AddressList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  if (networks.length === 0) return { empty: true, has: () => false };
  return {
    empty: false,
    has: (address) => isIP(address) !== 0 && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'),
  };
}

/** Who is let in: not denied, and allowed where somebody says who is. */
export function admittedBy(allow: AddressList, deny: AddressList): (address: string) => boolean {
  return (address) => !deny.has(address) && (allow.empty || allow.has(address));
}

/** IPv4 in IPv6's clothes is IPv4; an interface's name is no part of an address. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1];
  return mapped ?? bare;
}

/** The address of who asks: the connection's, or what trusted proxies say it is. */
export type ClientAddress = (request: IncomingMessage) => string;

/** `X-Forwarded-For` is read from its end for as long as a trusted proxy wrote it; nobody else's word counts. */
export function clientAddress(trustedProxies: AddressList): ClientAddress {
  /** Of each connection; with whether it is a proxy's, whose requests are of many. */
  const known = new WeakMap<object, { address: string; proxy: boolean }>();

  function connectedFrom(socket: IncomingMessage['socket']) {
    const before = known.get(socket);
    if (before) return before;
    const address = plain(socket.remoteAddress ?? '');
    const found = { address, proxy: trustedProxies.has(address) };
    known.set(socket, found);
    return found;
  }

  return (request) => {
    let { address, proxy } = connectedFrom(request.socket);
    if (!proxy) return address;
    const header = request.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
    for (const hop of hops.reverse()) {
      const said = withoutPort(hop.trim());
      if (isIP(said) === 0) return address;
      address = plain(said);
      if (!trustedProxies.has(address)) return address;
    }
    return address;
  };
}

/** Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(hop)?.[1] ?? hop;
}

/** What an address is counted as: a customer of IPv6 has a whole /64. */
export function countedAs(address: string): string {
  if (isIP(address) !== 6) return address;
  const { address: canonical } = new SocketAddress({ address, family: 'ipv6' });
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
