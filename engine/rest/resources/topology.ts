import { DEFAULT_TENANT, ok } from '@baton/engine/protocol';
import type { Routes } from '../route.ts';

/** Clients choose between protocol forms by this version. */
const GATEWAY_VERSION = '8.8.0';

export const topology: Routes = {
  'GET /v2/topology': (_, { address }) =>
    ok({
      status: 200,
      json: {
        brokers: [
          {
            nodeId: 0,
            ...address(),
            version: GATEWAY_VERSION,
            partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }],
          },
        ],
        clusterSize: 1,
        partitionsCount: 1,
        replicationFactor: 1,
        gatewayVersion: GATEWAY_VERSION,
        lastCompletedChangeId: '-1',
      },
    }),
  'GET /v2/status': () => ok({ status: 204 }),

  'GET /v2/license': () =>
    ok({
      status: 200,
      json: { validLicense: false, licenseType: 'unknown', isCommercial: false, expiresAt: null },
    }),

  // This door knows no users: whoever reaches it may do everything. The product's gateway decides who does.
  'GET /v2/authentication/me': () =>
    ok({
      status: 200,
      json: {
        username: null,
        displayName: null,
        email: null,
        authorizedComponents: ['*'],
        tenants: [{ tenantId: DEFAULT_TENANT, name: 'Default', description: null }],
        groups: [],
        roles: [],
        salesPlanType: null,
        c8Links: {},
        canLogout: false,
      },
    }),
};
