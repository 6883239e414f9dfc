/** Door of the commands of `baton`: what the program, the editor's terminal and the palette run. */
export {
  type Argument,
  type Command,
  type CommandContext,
  type CommandFailure,
  type Completes,
  type Ended,
  type ExitCode,
  exitCodes,
  type FileProblem,
  type Files,
  type Format,
  failure,
  type Input,
  type Linter,
  type Option,
  type Output,
  type Paint,
  type Recordings,
  refused,
  type SignedIn,
  type SignIn,
} from './command.ts';
export { type Candidate, complete } from './complete.ts';
export { paintFor, plain } from './paint.ts';
export { commandIn, runCommand } from './runCommand.ts';
export { commands } from './table.ts';
export { inYaml } from './tell.ts';
export { quoted, splitLine, type Word, wordsOf } from './words.ts';
