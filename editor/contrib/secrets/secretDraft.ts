import { secretRoutes } from '@baton/gateway/api';

/** A secret as it is typed. */
export interface SecretDraft {
  name: string;
  value: string;
}

/** Which field, and what is wrong with it: "Expected …, but …". */
export type DraftProblems = { name?: string; value?: string };

const shape = secretRoutes.create.body.shape;

/**
 * What the gateway would refuse, in the words of the form.
 * @param taken names there are; empty when the name is not chosen here
 */
export function problemsOf({ name, value }: SecretDraft, taken: readonly string[]): DraftProblems {
  const problems: DraftProblems = {};
  if (name === '') problems.name = 'Expected a name, but it is empty.';
  else if (!shape.name.safeParse(name).success)
    problems.name = 'Expected a letter, then letters, digits, _ . and -, but there is something else.';
  else if (taken.includes(name))
    problems.name = `Expected a name of its own, but there is a secret named ${name} already.`;
  if (value.length < 4)
    problems.value = `Expected at least 4 characters, but there ${value.length === 1 ? 'is' : 'are'} ${value.length || 'none'}.`;
  else if (!shape.value.safeParse(value).success)
    problems.value = `Expected at most 16,000 characters, but there are ${value.length.toLocaleString('en')}.`;
  return problems;
}
