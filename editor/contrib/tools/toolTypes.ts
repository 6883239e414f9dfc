/** What a tool's module sees besides the language, for completion and checking; the sandbox gives exactly this. */
export const toolTypes = `
interface ToolModule<Input, Output> {
  /** Called once per call, with arguments that fit the input schema; its answer has to fit the output schema. */
  run(input: Input, context: Readonly<Record<never, never>>): Output | Promise<Output>;
}
/** The default export of a tool's module. */
declare function defineTool<Input = any, Output = unknown>(tool: ToolModule<Input, Output>): ToolModule<Input, Output>;
/** Writes to the log of the call. */
declare const console: {
  log(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
  debug(...parts: unknown[]): void;
};
`;
