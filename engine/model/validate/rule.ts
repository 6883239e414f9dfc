import type { Feel } from '@baton/engine/feel';
import type { Report } from '../problems.ts';
import type { Structure } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';

/** One rule about a process: says nothing where it holds. */
export type Rule = (process: Structure, report: Report) => void;

/** One rule about what stands beside the processes of a file, whether they are executable or not. */
export type FileRule = (definitions: XmlElement, report: Report, feel: Feel) => void;
