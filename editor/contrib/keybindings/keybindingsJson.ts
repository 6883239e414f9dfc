import { type UserKeybinding, userKeybinding } from '@baton/gateway/api';
import { addJsonSchema } from '../../platform/jsonSchemas.ts';
import { keybindingProblem } from '../../platform/keybindings.ts';
import type { Platform } from '../../platform/platform.ts';
import type { PreferencesFinding as Finding, PreferencesPart } from '../../platform/preferencesText.ts';
import { withKeys } from './keyChanges.ts';

/** The user's keys as JSON: a list of `{ key, command, when?, args? }`. */
export function keybindingsPart({ preferences, commands }: Platform): PreferencesPart {
  return {
    title: 'keybindings.json',
    value: () => preferences.getState().keybindings ?? [],
    findings(value): readonly Finding[] {
      if (!Array.isArray(value))
        return [{ path: [], message: 'Expected a list of keys, but it is none', severity: 'error' }];
      return value.flatMap((entry, at): Finding[] => {
        const path = [String(at)];
        const read = userKeybinding.safeParse(entry);
        if (!read.success) {
          const issue = read.error.issues[0]!;
          return [
            {
              path: [...path, ...issue.path.map(String)],
              message: `Expected { "key", "command" }, but ${issue.message}`,
              severity: 'error',
            },
          ];
        }
        const { command } = read.data;
        const wrong = keybindingProblem(read.data);
        const known = commands.get(command.replace(/^-/, '')) !== undefined;
        const warning = (field: string, message: string): Finding => ({
          path: [...path, field],
          message,
          severity: 'warning',
        });
        return [
          ...(wrong ? [warning('key', wrong)] : []),
          ...(known ? [] : [warning('command', `Expected the id of a command, but "${command}" is none`)]),
        ];
      });
    },
    take: (value) => preferences.change((before) => withKeys(before, value as UserKeybinding[])),
  };
}

/** Completes ids of commands and explains what stands in a line. */
export function prepareKeybindings({ commands }: Platform): Promise<void> {
  const all = commands.getState();
  return addJsonSchema('baton:/keybindings.schema.json', '*keybindings.json', {
    type: 'array',
    items: {
      type: 'object',
      required: ['key', 'command'],
      defaultSnippets: [{ label: 'New key', body: { key: '$1', command: '$2' } }],
      properties: {
        key: {
          type: 'string',
          description: 'Strokes such as `ctrl+alt+n`, or two of them: `ctrl+k ctrl+n`.',
        },
        command: {
          type: 'string',
          description: 'Id of a command; with `-` in front the command has this key no more.',
          enum: all.flatMap(({ id }) => [id, `-${id}`]),
          enumDescriptions: all.flatMap(({ title }) => [title, `Take the key from: ${title}`]),
        },
        when: {
          type: 'string',
          description: "When the key works: `editorOpen && documentKind == 'workflow'`.",
        },
        args: { type: 'array', description: 'What the command is given.' },
      },
    },
  });
}
