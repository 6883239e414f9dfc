import type { McpTransport } from '../../contract/index.ts';
import { hashOf } from './contracts/contractHash.ts';

/** What an admin agrees to: the program, its arguments in order, and what each variable is made of (a secret by its name). */
export function commandHash({ command, args, env }: McpTransport & { kind: 'stdio' }): string {
  return hashOf({ command, args, env });
}
