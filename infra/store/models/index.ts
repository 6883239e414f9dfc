import type { Connection } from 'mongoose';
import { callModel } from './call.ts';
import { deploymentModel } from './deployment.ts';
import { expiringModel } from './expiring.ts';
import { resourceModel } from './resource.ts';
import { resourceVersionModel } from './resourceVersion.ts';
import { settingModel } from './setting.ts';
import { tenantModel } from './tenant.ts';
import { userModel } from './user.ts';

/** Everything stored outside the broker. */
export const models = (connection: Connection) => ({
  calls: callModel(connection),
  deployments: deploymentModel(connection),
  expiring: expiringModel(connection),
  resources: resourceModel(connection),
  resourceVersions: resourceVersionModel(connection),
  settings: settingModel(connection),
  tenants: tenantModel(connection),
  users: userModel(connection),
});
export type Models = ReturnType<typeof models>;
