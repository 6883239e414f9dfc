/** Door `@baton/engine/connectors`: work that models made elsewhere know by its job type. */
import type { Connector } from './connector.ts';
import { httpJson } from './httpJson.ts';
import { sendMessage } from './sendMessage.ts';

export type { Connector, ConnectorError, ConnectorGrants, ConnectorWorld } from './connector.ts';
export { createConnectorHandler, errorExpressions } from './connectorWorker.ts';
export { connectorFeel } from './expressions.ts';

/** Every connector, by its job type. */
export const connectors = {
  'io.camunda:http-json:1': httpJson,
  'io.camunda:sendMessage:1': sendMessage,
} satisfies { [jobType: string]: Connector };
