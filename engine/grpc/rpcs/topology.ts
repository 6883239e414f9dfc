import { ok } from '@baton/engine/protocol';
import type { UnaryRpc } from '../rpc.ts';

/** Clients choose between protocol forms by this version. */
export const GATEWAY_VERSION = '8.8.0';

export interface TopologyResponse {
  brokers: {
    nodeId: number;
    host: string;
    port: number;
    version: string;
    partitions: { partitionId: number; role: number; health: number }[];
  }[];
  clusterSize: number;
  partitionsCount: number;
  replicationFactor: number;
  gatewayVersion: string;
}

const LEADER = 0;
const HEALTHY = 0;

export const topology: UnaryRpc<object, TopologyResponse> = {
  kind: 'unary',
  async answer(_, { address }) {
    return ok({
      brokers: [
        {
          nodeId: 0,
          ...address(),
          version: GATEWAY_VERSION,
          partitions: [{ partitionId: 1, role: LEADER, health: HEALTHY }],
        },
      ],
      clusterSize: 1,
      partitionsCount: 1,
      replicationFactor: 1,
      gatewayVersion: GATEWAY_VERSION,
    });
  },
};
