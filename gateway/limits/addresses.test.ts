import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { addressList, admittedBy, clientAddress, countedAs, isNetwork } from './addresses.ts';

describe('a list of addresses and networks', () => {
  const list = addressList(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);

  it.each([
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['10.255.0.1', true],
    ['11.0.0.1', false],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['not an address', false],
  ])('%s: %s', (address, listed) => expect(list.has(address)).toBe(listed));

  it.each([
    ['192.0.2.7', true],
    ['10.0.0.0/8', true],
    ['::/0', true],
    ['10.0.0.0/33', false],
    ['10.0.0.0/', false],
    ['10.0.0.0/8/8', false],
    ['example.com', false],
    ['', false],
  ])('takes %s: %s', (text, taken) => expect(isNetwork(text)).toBe(taken));
});

describe('who is let in', () => {
  const admits = (allow: string[], deny: string[]) => admittedBy(addressList(allow), addressList(deny));

  it('is everybody, without lists', () => expect(admits([], [])('192.0.2.7')).toBe(true));
  it('is who is allowed and not denied', () => {
    const some = admits(['10.0.0.0/8'], ['10.1.0.0/16']);
    expect(['10.2.0.1', '10.1.0.1', '192.0.2.7'].map(some)).toEqual([true, false, false]);
  });
});

describe('the address of who asks', () => {
  const ask = (proxies: string[], remoteAddress: string, forwarded?: string) =>
    clientAddress(addressList(proxies))({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    } as unknown as IncomingMessage);

  it('is the connection’s, whatever a stranger claims', () => {
    expect(ask([], '192.0.2.7', '10.0.0.1')).toBe('192.0.2.7');
    expect(ask(['10.0.0.0/8'], '192.0.2.7', '127.0.0.1')).toBe('192.0.2.7');
  });

  it('is what the nearest proxy says that is not itself trusted', () => {
    expect(ask(['10.0.0.0/8'], '10.0.0.1', '127.0.0.1, 198.51.100.9, 10.0.0.2')).toBe('198.51.100.9');
    expect(ask(['10.0.0.0/8'], '::ffff:10.0.0.1', '[2001:db8::1]:4711')).toBe('2001:db8::1');
    expect(ask(['10.0.0.0/8'], '10.0.0.1', '198.51.100.9:4711')).toBe('198.51.100.9');
  });

  it('is the proxy’s, where it says nothing that is an address', () => {
    expect(ask(['10.0.0.0/8'], '10.0.0.1')).toBe('10.0.0.1');
    expect(ask(['10.0.0.0/8'], '10.0.0.1', 'unknown')).toBe('10.0.0.1');
    expect(ask(['10.0.0.0/8'], '10.0.0.1', '198.51.100.9, "\'><script>')).toBe('10.0.0.1');
  });
});

it('counts a whole network of IPv6 as one customer', () => {
  expect(
    ['2001:db8::1', '2001:DB8:0:0:ffff::9', '2001:db8:0:1::1', '192.0.2.7', '::1'].map(countedAs),
  ).toEqual(['2001:db8:0:0::/64', '2001:db8:0:0::/64', '2001:db8:0:1::/64', '192.0.2.7', '0:0:0:0::/64']);
});
