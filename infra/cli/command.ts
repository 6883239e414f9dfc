import type { ParseArgsConfig } from 'node:util';
import type { Server } from './server.ts';
import type { Terminal } from './terminal.ts';

/** How a program ends, for those that call it. */
export const exitCodes = {
  /** As expected. */
  fine: 0,
  /** Done, but not alike: a run differs. */
  differs: 1,
  /** Called wrongly. */
  usage: 2,
  /** The server, or a file, said no. */
  failed: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Called wrongly, or refused; the message reads "Expected …, but …". */
export class CommandFailed extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = exitCodes.failed) {
    super(message);
    this.name = 'CommandFailed';
    this.exitCode = exitCode;
  }
}

export interface CommandContext {
  arguments: readonly string[];
  options: { readonly [name: string]: string | boolean | undefined };
  server: Server;
  terminal: Terminal;
}

/** A command of the program: one file, one line in `commands/index.ts`. */
export interface Command {
  usage: string;
  summary: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** What its options mean, one line each. */
  help: readonly string[];
  run(context: CommandContext): Promise<ExitCode>;
}

export const usageError = (message: string) => new CommandFailed(message, exitCodes.usage);

/** The option's text, if it is given. */
export function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
