import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayRun } from '@baton/engine/agents';
import { type AgentRecording, differenceInWords, type ReplayReport } from '@baton/engine/protocol';

export interface RecordingFile {
  /** Its name in the folder. */
  name: string;
  recording: AgentRecording;
}

/** What a recorded run is not done over alike by. */
export class NotAlike extends Error {
  readonly report: ReplayReport;
  constructor(report: ReplayReport, lines: readonly string[]) {
    super(`Expected run ${report.run} to be done over alike, but ${lines.join('\n')}`);
    this.name = 'NotAlike';
    this.report = report;
  }
}

/** A recording as `baton record` wrote it; throws with what is wrong with the file. */
export function readRecording(file: string): AgentRecording {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Expected a recording in ${file}, but it cannot be read: ${(error as Error).message}`);
  }
  const { format, calls, agent } = (content ?? {}) as Partial<AgentRecording>;
  if (format !== 'baton-recording/1' || !Array.isArray(calls) || typeof agent?.definition !== 'object')
    throw new Error(`Expected a recording (baton-recording/1) in ${file}, but it is something else`);
  return content as AgentRecording;
}

/** The recordings of a folder, by name: `it.each(recordingsIn('recordings'))('$name', ({ recording }) => assertReplays(recording))`. */
export function recordingsIn(folder: string): RecordingFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => ({ name, recording: readRecording(join(folder, name)) }));
}

/** Does the run over; throws `NotAlike` with the first message that is not what was recorded. */
export async function assertReplays(recording: AgentRecording): Promise<void> {
  const report = await replayRun(recording);
  if (report.difference) throw new NotAlike(report, differenceInWords(report.difference));
}
