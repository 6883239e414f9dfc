import type { ResourceStore } from '@baton/infra/store';
import { z } from 'zod';
import { type ContentProblem, resourceName, taskContent } from '../../api/index.ts';
import { readBy } from '../../pipeline/validate.ts';
import { taskProblems } from './problems.ts';

export interface TaskDraft {
  /** Of the task that is edited: its own name is not taken. */
  id?: string | undefined;
  name?: string | undefined;
  content: unknown;
}

export interface TaskValidation {
  /** What saving would refuse, and what a person wants to know as they type. Saves nothing. */
  problems(tenantId: string, draft: TaskDraft): Promise<ContentProblem[]>;
}

const draftBody = z.object({ content: taskContent });
const mostProblems = 100;
const ranks = { error: 0, warning: 1, info: 2 };

export function createTaskValidation(resources: Pick<ResourceStore, 'getByName'>): TaskValidation {
  async function nameProblems(tenantId: string, { id, name }: TaskDraft): Promise<ContentProblem[]> {
    if (name === undefined) return [];
    const told = (code: string, message: string): ContentProblem[] => [
      { path: ['name'], code, severity: 'error', message },
    ];
    const read = resourceName.safeParse(name);
    if (!read.success) return told('VALIDATION_FAILED', read.error.issues[0]!.message);
    const taken = await resources.getByName(tenantId, 'task', name);
    return taken && taken.id !== id
      ? told('ALREADY_EXISTS', `Expected a new name for the task, but '${name}' is taken`)
      : [];
  }

  return {
    async problems(tenantId, draft) {
      const read = readBy(draftBody, { content: draft.content });
      const ofContent = read.ok
        ? []
        : read.failure.map(
            ({ path, message }): ContentProblem => ({
              path: path.map(String),
              code: 'VALIDATION_FAILED',
              severity: 'error',
              message,
            }),
          );
      const all = [
        ...(await nameProblems(tenantId, draft)),
        ...ofContent,
        ...taskProblems(schemasOf(draft.content)),
      ];
      return all.sort((one, other) => ranks[one.severity] - ranks[other.severity]).slice(0, mostProblems);
    },
  };
}

/** The schemas of a content, whatever else is wrong with it. */
function schemasOf(content: unknown) {
  const part = (name: 'requestSchema' | 'responseSchema') => {
    const given = (content as { [name: string]: unknown } | null)?.[name];
    const read = taskContent.shape[name].safeParse(given);
    return given !== undefined && read.success ? { [name]: read.data } : {};
  };
  return { ...part('requestSchema'), ...part('responseSchema') };
}
