/** Door of the commands of `baton`: what the program and the editor's terminal both run. */
export { type ExitCode, exitCodes, type Files, type Output, type Paint } from './command.ts';
