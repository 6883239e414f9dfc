import type { AgentRecording, JsonValue, ReplayReport, Result } from '@baton/engine/protocol';
import type { Api, ApiFailure, Permission, Problem, Topic } from '@baton/gateway/api';

/** How a command ends, for programs that call it. */
export const exitCodes = {
  /** As expected. */
  fine: 0,
  /** Done, but not as one would like: a run differs or failed, a file has problems, nothing was found. */
  differs: 1,
  /** Called wrongly. */
  usage: 2,
  /** The server, or a file, said no. */
  failed: 3,
  /** Ended by Ctrl+C, as shells count it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why a command did not do what was asked; the message reads "Expected …, but …". */
export interface CommandFailure {
  exitCode: ExitCode;
  message: string;
  /** What else there is to know, a line each. */
  hints?: readonly string[];
}

export type Ended = ExitCode | CommandFailure;

export const usageError = (message: string, ...hints: string[]): CommandFailure => ({
  exitCode: exitCodes.usage,
  message,
  hints,
});

export const failure = (message: string, ...hints: string[]): CommandFailure => ({
  exitCode: exitCodes.failed,
  message,
  hints,
});

/** A refusal of the server in its words, with the id that support asks for. */
export function refused({ code, message, requestId }: ApiFailure): CommandFailure {
  return {
    exitCode: exitCodes.failed,
    message: `${code}: ${message}`,
    ...(requestId !== undefined && { hints: [`Request ${requestId}`] }),
  };
}

/** What stands in for a word while it is typed. */
export type Completes =
  | 'command'
  | 'file'
  | 'kind'
  /** Something of the kind that the word before names. */
  | 'resource'
  | 'workflow'
  | 'process'
  | 'run'
  | 'userTask'
  | readonly string[];

export interface Argument {
  help: string;
  optional?: true;
  /** Takes all words that are left. */
  many?: true;
  completes?: Completes;
}

interface AnyOption {
  help: string;
  /** One letter, after one dash. */
  short?: string;
}
export interface Flag extends AnyOption {
  type: 'flag';
}
export interface TextOption extends AnyOption {
  type: 'text';
  /** What stands for its value in the help: `file`. */
  value: string;
  /** The only values there are. */
  of?: readonly string[];
  completes?: Completes;
}
/** May be given several times. */
export interface TextsOption extends Omit<TextOption, 'type'> {
  type: 'texts';
}
export interface NumberOption extends AnyOption {
  type: 'number';
  value: string;
  least?: number;
  most?: number;
}
export type Option = Flag | TextOption | TextsOption | NumberOption;

export type Arguments = { readonly [name: string]: Argument };
export type Options = { readonly [name: string]: Option };

export type ArgumentsOf<A extends Arguments> = {
  readonly [N in keyof A]: A[N] extends { many: true }
    ? readonly string[]
    : A[N] extends { optional: true }
      ? string | undefined
      : string;
};

type OptionValue<O extends Option> = O extends Flag
  ? boolean
  : O extends TextsOption
    ? readonly string[]
    : O extends NumberOption
      ? number | undefined
      : O extends { of: readonly (infer V)[] }
        ? V | undefined
        : string | undefined;
export type OptionsOf<O extends Options> = { readonly [N in keyof O]: OptionValue<O[N]> };

export interface Asked<A extends Arguments, O extends Options> {
  arguments: ArgumentsOf<A>;
  options: OptionsOf<O>;
}

/** A command of the program, of the terminal and of the palette: one file, one line in `table.ts`. */
export interface Command<A extends Arguments = Arguments, O extends Options = Options> {
  /** One word or two: `feel evaluate`. */
  name: string;
  /** One sentence without a full stop. */
  summary: string;
  /** What else there is to say, a paragraph each. */
  about?: readonly string[];
  arguments: A;
  options: O;
  examples: readonly { line: string; does: string }[];
  /** What an exit code means here, where it is more than its general meaning. */
  exits?: { readonly [code in 0 | 1 | 3]?: string };
  /** In the palette: `Start a process…`. Without it the palette leaves the command out. */
  title?: string;
  /** What one must be allowed to do; the palette shows only what may be done. */
  permission?: Permission;
  run(asked: Asked<A, O>, context: CommandContext): Promise<Ended>;
}

/** A command with its arguments and options typed by what it says of them. */
export function command<const A extends Arguments, const O extends Options>(row: Command<A, O>): Command {
  return row as unknown as Command;
}

/** Files by path, with `/`: a folder of the machine for the program, documents and dropped files for the editor. */
export interface Files {
  read(path: string): Promise<Result<string, { message: string }>>;
  write(path: string, text: string): Promise<Result<void, { message: string }>>;
  /** Files below a folder, sorted; the path itself where it is a file. */
  list(path: string): Promise<Result<readonly string[], { message: string }>>;
  /** What lies in a folder; nothing, where there is none. */
  entries(path: string): Promise<readonly { name: string; folder: boolean }[]>;
}

/** What was typed or piped in. */
export interface Input {
  /** All of standard input; `-` in place of a file. */
  text(): Promise<Result<string, { message: string }>>;
  /** A line somebody types; `secret` is not shown. A failure where nobody is there to ask. */
  ask(question: string, secret?: boolean): Promise<Result<string, { message: string }>>;
}

export type Format = 'text' | 'json' | 'yaml' | 'name';

/** What a command says. Data goes to standard output and nothing else does. */
export interface Output {
  /** One line of data. */
  data(line: string): void;
  /** A line for the person who looks on: progress, hints, what went wrong. */
  say(line: string): void;
  /** A person looks at the data: tables have heads, colours are used. */
  readonly person: boolean;
  readonly paint: Paint;
}

export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
  /** A part of the product that can be opened; `address` as in `open`. */
  link(text: string, address: string): string;
}

/** Who the program is to the server. */
export interface SignedIn {
  server: string;
  username: string;
  tenant: string;
}

export interface SignIn {
  /** Where commands go. */
  readonly server: string;
  /** Signs in and keeps what the server gave; the password is forgotten. */
  withPassword(server: string, username: string, password: string): Promise<Result<SignedIn, CommandFailure>>;
  withApiKey(server: string, apiKey: string): Promise<Result<SignedIn, CommandFailure>>;
  /** Forgets it, here and at the server. */
  leave(): Promise<Result<void, CommandFailure>>;
}

export interface FeelAnswer {
  value: JsonValue;
  warnings: readonly { code: string; message: string }[];
}

/** Checks of files that need no server, or ask one. */
export type FileProblem = Pick<Problem, 'severity' | 'code' | 'message'> &
  Partial<Pick<Problem, 'elementId' | 'line' | 'column' | 'path'>>;

/** @param beside the text of the file beside it that has this ending in place of its own */
export type Linter = (
  text: string,
  beside: (ending: string) => Promise<string | undefined>,
) => Promise<Result<readonly FileProblem[], CommandFailure>>;

export interface CommandContext {
  readonly api: Api;
  readonly signIn: SignIn;
  readonly files: Files;
  readonly input: Input;
  readonly output: Output;
  /** As asked by `-o`. */
  readonly format: Format;
  /** Shows `#/<kind>/<id>` of the editor; answers the address one can pass on. */
  open(address: string): Promise<string>;
  feel(
    expression: string,
    context: { [name: string]: JsonValue },
  ): Promise<Result<FeelAnswer, { message: string; offset?: number; exitCode?: ExitCode }>>;
  /** What is wrong in files that only an engine can read, by the end of their names. */
  readonly linters: { readonly [ending: string]: Linter };
  /** Does recordings in files over; absent where that cannot be done. */
  readonly recordings?: Recordings;
  /** Calls when something of a topic happened, or may have. Answers how to stop. */
  watch(topic: Topic, changed: () => void): () => void;
  now(): number;
  /** Ctrl+C. */
  readonly signal: AbortSignal;
  readonly version: string;
}

/** Recorded runs of agents, done over without a server. */
export interface Recordings {
  replay(recording: AgentRecording): Promise<ReplayReport>;
}
