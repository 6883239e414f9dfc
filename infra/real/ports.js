import { connect, createServer } from 'node:net';
/** A TCP port of the loopback address that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
/** Whether somebody listens there. */
export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(!!socket.destroy()));
    socket.once('error', () => resolve(false));
  });
}
/** Asks until the answer is yes; `false` after `timeout` ms. */
export async function until(question, timeout) {
  const end = performance.now() + timeout;
  while (performance.now() < end) {
    if (await question()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
//# sourceMappingURL=ports.js.map
