import { type LookupFunction, Socket } from 'node:net';

/** How connections reach what they are to: never an address inside our networks that nobody allowed. */
export interface Dial {
  /** Looks a name up, and gives only addresses that are allowed. */
  lookup: LookupFunction;
  /** Why the address would be refused, in words; `undefined` when it would not. */
  refusal(url: string): Promise<string | undefined>;
}

/** An address that is not to be connected to. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** @throws AddressRefused */
export async function admit({ refusal }: Dial, host: string, port: number): Promise<void> {
  const why = await refusal(`tcp://${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (why !== undefined) throw new AddressRefused(why);
}

/** A socket that connects only where it may, whatever a name resolves to by then. */
export function guardedSocket({ lookup }: Dial): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  return Object.assign(socket, {
    connect: (port: number, host: string) => connect({ port, host, lookup }),
  }) as Socket;
}
