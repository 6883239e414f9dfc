import { lookup } from 'node:dns';
import { createOutbound, type Network, readNetworks } from '@baton/gateway';
import type { Configuration } from './config.ts';

/** Where requests to addresses of users may go. */
export function outboundOf({ PROVIDER_NETWORKS, LLM_BASE_URL }: Configuration, development: boolean) {
  const unless: Network[] = [];
  const machine = readNetworks('loopback');
  if (development && machine.ok) unless.push(...machine.value);
  return createOutbound({
    allowed: PROVIDER_NETWORKS ?? unless,
    trusted: LLM_BASE_URL ? [new URL(LLM_BASE_URL).origin] : [],
    resolve: lookup,
    advice: 'whoever runs the installation allows it with the variable PROVIDER_NETWORKS',
  });
}

/** Where requests to MCP servers and their issuers may go. */
export function mcpOutboundOf({ MCP_NETWORKS }: Configuration, development: boolean) {
  const machine = readNetworks('loopback');
  return createOutbound({
    allowed: MCP_NETWORKS ?? (development && machine.ok ? machine.value : []),
    resolve: lookup,
    advice: 'whoever runs the installation allows it with the variable MCP_NETWORKS',
    streams: true,
  });
}
