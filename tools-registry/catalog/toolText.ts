import { createHash } from 'node:crypto';
import type { CatalogTool } from '../contract/index.ts';

/** Of each text that is looked through; a description of somebody else's server may have any length. */
const READ = 4_000;
const MOST_PARAMETERS = 100;

/** What of a tool is looked through for words. */
export interface ToolText {
  id: string;
  name: string;
  tags: string;
  description: string;
  /** Names of its inputs. */
  parameters: string;
}

export function toolText({ id, definition }: CatalogTool): ToolText {
  const { name, description, tags = [], input } = definition;
  const { properties } = input;
  const parameters =
    typeof properties === 'object' && properties !== null && !Array.isArray(properties)
      ? Object.keys(properties).slice(0, MOST_PARAMETERS)
      : [];
  return {
    id,
    name,
    tags: tags.join(' '),
    description: description.slice(0, READ),
    parameters: parameters.join(' ').slice(0, READ),
  };
}

/** Words that stand in most questions and say nothing of what is looked for. */
const small = new Set('a an and are as at by for from in into is it of on or that the to with'.split(' '));

/** `createIssue`, `create_issue` and `Create issue` have the same words. */
export function wordsOf(text: string): string[] {
  const parts = text
    .normalize('NFKC')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
  const telling = parts.filter((word) => !small.has(word));
  return telling.length > 0 ? telling : parts;
}

/** What of a tool is compared by meaning, as a sentence, and the hash it is kept under. */
export function toolMeaning({ definition }: CatalogTool): { text: string; hash: string } {
  const { name, description, tags = [] } = definition;
  const text = [wordsOf(name).join(' '), description.slice(0, READ), ...tags].filter(Boolean).join('. ');
  return { text, hash: createHash('sha256').update(text).digest('base64url') };
}
