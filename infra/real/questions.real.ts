import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedIn } from '../e2e/api.ts';
import { bookRoom, callingProcess } from '../e2e/askingProcess.ts';
import { type Product, startProduct } from '../e2e/product.ts';
import { findJava, hasMaven } from './java.ts';
import { type RealService, startRealZeebe } from './zeebe.ts';
import { connectZeebe } from './zeebeGrpc.ts';

/** ms for a test in which a broker and the product start on a busy machine. */
const LONG = 600_000;
/** Keys after an instance's own among which those of its tasks are. */
const NEAR = 300;

describe.skipIf(!findJava(process.env) || !hasMaven(process.env))('questions on a real Zeebe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-questions-real-'));
  let zeebe: RealService;
  let product: Product;

  beforeAll(async () => {
    zeebe = await startRealZeebe(join(folder, 'zeebe'), process.env);
  }, LONG);
  afterAll(async () => {
    await product?.kill();
    await zeebe?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async () => {
    product = await startProduct({
      dataDirectory: join(folder, 'product'),
      ...(product && { like: product }),
      environment: {
        ZEEBE_ADDRESS: zeebe.grpcAddress,
        ZEEBE_REST_ADDRESS: zeebe.restAddress,
        ZEEBE_ONLY_TENANT: 'acme',
      },
    });
  };

  /**
   * Completes the one user task there is. A broker without secondary storage lists none, so its key is tried: keys ascend with
   * what is made, and nothing else is made meanwhile.
   */
  async function completed(after: bigint, answer: object): Promise<bigint | undefined> {
    for (let key = after + 1n; key < after + BigInt(NEAR); key++) {
      const response = await fetch(`${zeebe.restAddress}/v2/user-tasks/${key}/completion`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ variables: { answer } }),
      });
      if (response.ok) return key;
    }
    return undefined;
  }

  it(
    'a call waits through kill -9 of the product, and goes on once somebody has answered',
    async () => {
      await start();
      const api = await signedIn(product.address, 'admin');
      const { id } = await api.post('/tools', { name: 'book-room', content: bookRoom });
      await api.put(`/tools/${id}/grants`, bookRoom.capabilities);
      const grpc = await connectZeebe(zeebe.grpcAddress);
      await grpc.call('DeployResource', {
        resources: [
          { name: 'asking.bpmn', content: Buffer.from(callingProcess('calls-book-room', 'book-room')) },
        ],
      });
      const running = grpc.call<{ processInstanceKey: string; variables: string }>(
        'CreateProcessInstanceWithResult',
        {
          request: { bpmnProcessId: 'calls-book-room', version: -1, variables: '{"guest":"Ada"}' },
          requestTimeout: LONG,
        },
      );
      // Keys of a cluster's first partition begin here.
      const first = 2n ** 51n;
      let sent: bigint | undefined;
      const wrong = { action: 'accept', content: { day: 'no' } };
      await expect
        .poll(async () => (sent = await completed(first, wrong)), { timeout: 120_000, interval: 500 })
        .toBeDefined();
      await product.kill();
      await start();
      // The wrong answer came back: there is another task.
      const right = { action: 'accept', content: { day: 'Monday' } };
      await expect
        .poll(() => completed(sent as bigint, right), { timeout: 120_000, interval: 500 })
        .toBeDefined();
      const { variables } = await running;
      expect(JSON.parse(variables).result).toEqual({ guest: 'Ada', day: 'Monday', begun: 1 });
      grpc.close();
    },
    LONG,
  );
});
