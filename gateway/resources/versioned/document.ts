import { stringify } from 'yaml';

/** Characters of JSON up to which a content is shown as YAML: writing that costs many times what JSON does. */
const yamlUpTo = 300_000;

/** A content as people read it: YAML with its texts line by line; very large ones as JSON. */
export function documentOf(content: unknown): string {
  const json = JSON.stringify(content, undefined, 2);
  return json.length > yamlUpTo
    ? `${json}\n`
    : stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
