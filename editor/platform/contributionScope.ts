import { type Disposable, disposable } from '../base/disposable.ts';
import type { Contribution, Platform } from './platform.ts';

/** Registries whose `register…` answers how to take it back. */
const registries = [
  'commands',
  'keybindings',
  'menus',
  'views',
  'panels',
  'documentKinds',
  'versionedKinds',
  'languages',
  'statusItems',
  'settings',
  'quickAccess',
] as const satisfies readonly (keyof Platform)[];

type Register = (...args: readonly unknown[]) => Disposable;

/** The registry, but what is registered through it is noted. */
function noting<R extends object>(registry: R, note: (registered: Disposable) => void): R {
  const noted = Object.entries(registry)
    .filter(([name, value]) => name.startsWith('register') && typeof value === 'function')
    .map(([name, register]) => [
      name,
      (...args: readonly unknown[]) => {
        const registered = (register as Register)(...args);
        note(registered);
        return registered;
      },
    ]);
  return { ...registry, ...Object.fromEntries(noted) };
}

/**
 * Lets a contribution register what it has. One that throws on the way leaves nothing behind, so that it can be tried
 * again; the rest of the product never notices.
 */
export function contributeWhole(platform: Platform, contribution: Contribution): Disposable {
  let registered: Disposable[] | undefined = [];
  const scope = { ...platform } as { -readonly [K in keyof Platform]: Platform[K] };
  const note = (one: Disposable) => registered?.push(one);
  for (const name of registries) Object.assign(scope, { [name]: noting(platform[name], note) });
  try {
    const whole = contribution(scope);
    registered = undefined;
    return whole;
  } catch (error) {
    for (const one of registered?.reverse() ?? []) one.dispose();
    throw error;
  }
}

/** All contributions; those that throw are reported and can be tried again one by one. */
export function contributeAll(
  platform: Platform,
  contributions: Readonly<Record<string, Contribution>>,
): Disposable {
  const parts: Disposable[] = [];
  const start = (name: string, contribution: Contribution) => {
    try {
      parts.push(contributeWhole(platform, contribution));
    } catch (error) {
      platform.bugs.report(error, `the feature ${name} to start`, () => start(name, contribution));
    }
  };
  for (const [name, contribution] of Object.entries(contributions)) start(name, contribution);
  return disposable(() => {
    for (const part of parts.reverse()) {
      try {
        part.dispose();
      } catch (error) {
        platform.bugs.report(error, 'a feature to end');
      }
    }
  });
}
