/** What the program that runs models is started with, as JSON. */
export interface ProgramArguments {
  /** Entry of the library's module. */
  library: string;
  threads: number;
  /** MB it may take. */
  memory: number;
}

/** Exit code of a program that needed more memory than it may take. */
export const outOfMemory = 70;
