import { connect } from 'node:net';

/** Rejects unless somebody listens at the URL's host and port within `timeout` ms. */
export function reachable(url: string, timeout: number): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  const fallback = protocol === 'https:' ? 443 : protocol === 'redis:' ? 6379 : 80;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: port === '' ? fallback : Number(port), timeout });
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(`Expected ${hostname} to take a connection, but ${reason}`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => fail(`it did not within ${timeout} ms`));
    socket.once('error', ({ message }) => fail(message));
  });
}
