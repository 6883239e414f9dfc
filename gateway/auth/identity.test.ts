import { startGateway } from '../test/startGateway.ts';
import { identitySuite } from './identity.suite.ts';

identitySuite('the embedded issuer', async () => {
  const running = await startGateway();
  return { running, issuer: running.gateway.issuer, origin: running.url, close: running.stop };
});
