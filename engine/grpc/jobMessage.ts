import type { ActivatedJob } from '@baton/engine/broker';

/** `ActivatedJob` of the protocol; documents travel as JSON text. */
export interface JobMessage extends Omit<ActivatedJob, 'customHeaders' | 'variables' | 'kind'> {
  customHeaders: string;
  variables: string;
}

export function jobMessage({ kind: _, customHeaders, variables, ...job }: ActivatedJob): JobMessage {
  return { ...job, customHeaders: JSON.stringify(customHeaders), variables: JSON.stringify(variables) };
}

/** Upper bound of what the job's documents take, in bytes. */
export function textBytes(job: JobMessage): number {
  return Buffer.byteLength(job.variables) + Buffer.byteLength(job.customHeaders) + 1024;
}
