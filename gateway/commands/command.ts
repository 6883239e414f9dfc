import type { Result } from '@baton/engine/protocol';

/** How a command ends, for programs that call it. */
export const exitCodes = {
  /** As expected. */
  fine: 0,
  /** Done, but not as one would like: a run differs, a file has problems. */
  differs: 1,
  /** Called wrongly. */
  usage: 2,
  /** The server, or a file, said no. */
  failed: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Files by path, with `/`: a folder of the machine for the program, what was dropped or is open for the editor. */
export interface Files {
  read(path: string): Promise<Result<string, { message: string }>>;
  write(path: string, text: string): Promise<Result<void, { message: string }>>;
  /** Files below a folder, sorted; the path itself where it is a file. */
  list(path: string): Promise<Result<readonly string[], { message: string }>>;
}

/** What a command says. Data goes to standard output and nothing else does. */
export interface Output {
  /** One line of data. */
  data(line: string): void;
  /** A line for the person who looks on: progress, hints, what went wrong. */
  say(line: string): void;
  /** `json`: one JSON value in place of lines. */
  readonly format: 'text' | 'json';
  readonly paint: Paint;
}

export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}
