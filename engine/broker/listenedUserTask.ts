import type { ActivatedJob } from './processing/types.ts';

/** The user task that the job of a task listener is about, as the transition would leave it. */
export interface ListenedUserTask {
  action: string;
  assignee: string;
  candidateGroups: string[];
  candidateUsers: string[];
  changedAttributes: string[];
  dueDate: string;
  followUpDate: string;
  formKey: number | undefined;
  priority: number;
  userTaskKey: number;
}

/** It stands in the headers of the job. */
export function userTaskOfListener({ customHeaders }: Pick<ActivatedJob, 'customHeaders'>): ListenedUserTask {
  const text = (name: string) => customHeaders[`io.camunda.zeebe:${name}`] ?? '';
  const list = (name: string): string[] => JSON.parse(text(name) || '[]');
  return {
    action: text('action'),
    assignee: text('assignee'),
    candidateGroups: list('candidateGroups'),
    candidateUsers: list('candidateUsers'),
    changedAttributes: list('changedAttributes'),
    dueDate: text('dueDate'),
    followUpDate: text('followUpDate'),
    formKey: Number(text('formKey')) || undefined,
    priority: Number(text('priority')),
    userTaskKey: Number(text('userTaskKey')),
  };
}
