import { createCommands } from './grpc/commands.ts';
import { connect } from './grpc/connection.ts';
import { createJobs } from './grpc/jobs.ts';
import type { EngineClient, EngineClientOptions } from './ports.ts';
import { createRestApi } from './rest/api.ts';
import { createQueries } from './rest/queries.ts';
import { createRecords } from './rest/records.ts';
import { createUserTaskCommands } from './rest/userTaskCommands.ts';
import { serveOneTenant } from './singleTenant.ts';

/** A client of the embedded broker or of a Zeebe cluster; it connects when first used and reconnects by itself. */
export function createEngineClient(options: EngineClientOptions): EngineClient {
  const gateway = connect(options);
  const api = createRestApi(options);
  const records = createRecords(options, api);
  const tenants = options.onlyTenant === undefined;
  const client: EngineClient = {
    commands: { ...createCommands(gateway, { tenants }), ...createUserTaskCommands(api) },
    jobs: createJobs(gateway, { tenants }),
    queries: createQueries(api, { tenants }),
    records,
    async close() {
      records.close();
      api.close();
      await gateway.close();
    },
  };
  return options.onlyTenant === undefined ? client : serveOneTenant(client, options.onlyTenant);
}
