import { z } from 'zod';
import { json } from '../common.ts';
import { route } from '../route.ts';

/** Bytes of one member's preferences as JSON in UTF-8. */
export const preferencesLimit = 64 * 1024;

/** A key of the member's own; a command with `-` before its id has that key no more. */
export const userKeybinding = z.object({
  /** `ctrl+shift+p`, or two strokes: `ctrl+k ctrl+s`. */
  key: z.string().min(1).max(100),
  command: z.string().min(1).max(200),
  when: z.string().max(1000).optional(),
  args: z.array(json).max(20).optional(),
});
export type UserKeybinding = z.infer<typeof userKeybinding>;

/** How somebody likes to work. What is named here is checked; what else a client keeps is kept as it is. */
export const preferences = z.looseObject({
  /** Settings that differ from their defaults, by id. */
  settings: z.record(z.string().max(200), z.union([z.string(), z.number(), z.boolean()])).optional(),
  keybindings: z.array(userKeybinding).max(2000).optional(),
});
export type Preferences = z.infer<typeof preferences>;

const stored = z.object({ preferences, hash: z.string() });

export const preferenceRoutes = {
  get: route({
    method: 'GET',
    path: '/me/preferences',
    summary: 'One’s own settings and keys; empty until saved',
    permission: 'signedIn',
    response: stored,
    status: 200,
    errors: [],
    etag: true,
  }),
  save: route({
    method: 'PUT',
    path: '/me/preferences',
    summary: 'Save one’s own settings and keys whole',
    permission: 'signedIn',
    body: preferences,
    response: stored,
    status: 200,
    errors: ['VERSION_CONFLICT', 'IF_MATCH_REQUIRED', 'BODY_TOO_LARGE'],
    etag: true,
  }),
};
