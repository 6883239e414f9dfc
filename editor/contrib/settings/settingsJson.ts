import type { Preferences } from '@baton/gateway/api';
import { addJsonSchema } from '../../platform/jsonSchemas.ts';
import type { Platform } from '../../platform/platform.ts';
import type { PreferencesFinding, PreferencesPart } from '../../platform/preferencesText.ts';
import { settingProblem } from '../../platform/settings.ts';

/** The user's settings as JSON: an object of what differs from the defaults. */
export function settingsPart({ preferences, settings }: Platform): PreferencesPart {
  return {
    title: 'settings.json',
    value: () => preferences.getState().settings ?? {},
    findings(value): readonly PreferencesFinding[] {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [{ path: [], message: 'Expected an object of settings, but it is none', severity: 'error' }];
      return Object.entries(value).flatMap(([id, given]): PreferencesFinding[] => {
        const setting = settings.get(id);
        if (!['string', 'number', 'boolean'].includes(typeof given)) {
          const message = `Expected a text, a number, true or false, but got ${JSON.stringify(given)}`;
          return [{ path: [id], message, severity: 'error' }];
        }
        const message = setting
          ? settingProblem(setting, given)
          : `Expected a setting, but there is none with the id "${id}"; it is kept and has no effect`;
        return message ? [{ path: [id], message, severity: 'warning' }] : [];
      });
    },
    take: (value) =>
      preferences.change((before) => ({
        ...before,
        settings: value as NonNullable<Preferences['settings']>,
      })),
  };
}

/** Completes ids and values of settings and says what each one is. */
export function prepareSettings({ settings }: Platform): Promise<void> {
  const properties = Object.fromEntries(
    settings.getState().map(({ id, title, description, choices, minimum, maximum, ...setting }) => [
      id,
      {
        type: typeof setting.default,
        description: `${title}. ${description}`,
        default: setting.default,
        ...(choices && {
          enum: choices.map(({ value }) => value),
          enumDescriptions: choices.map((choice) => choice.title),
        }),
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
      },
    ]),
  );
  return addJsonSchema('baton:/settings.schema.json', '*settings.json', { type: 'object', properties });
}
