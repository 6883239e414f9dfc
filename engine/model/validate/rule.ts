import type { Report } from '../problems.ts';
import type { Structure } from '../structure.ts';

/** One rule about a process: says nothing where it holds. */
export type Rule = (process: Structure, report: Report) => void;
