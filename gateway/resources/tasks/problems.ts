import type { ContentProblem, TaskContent } from '../../api/index.ts';
import { schemaProblems } from '../schemas.ts';

/** What is wrong with the schemas of a task, errors and doubts. */
export function taskProblems({ requestSchema, responseSchema }: Partial<TaskContent>): ContentProblem[] {
  return Object.entries({ requestSchema, responseSchema }).flatMap(([name, schema]) =>
    schema === undefined ? [] : schemaProblems(schema, ['content', name]),
  );
}
