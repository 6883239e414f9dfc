import { type ToolGrants, WHATEVER_GRANTED } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';

type Capabilities = ToolGrants['granted'];

/** One thing a tool asks for, and whether an admin has granted it. */
export interface CapabilityRow {
  name: string;
  /** What it is. */
  what: string;
  icon: IconName;
  /** A name, not a word. */
  mono: boolean;
  granted: boolean;
}

const lists = [
  { of: 'network', icon: 'codicon:globe', what: 'Network', whatever: 'Hosts that are granted' },
  { of: 'secrets', icon: 'codicon:key', what: 'Secret, by name only', whatever: 'Secrets that are granted' },
  {
    of: 'connections',
    icon: 'codicon:database',
    what: 'Connection',
    whatever: 'Connections that are granted',
  },
  {
    of: 'models',
    icon: 'codicon:hubot',
    what: 'Models of a provider',
    whatever: 'Providers that are granted',
  },
] as const satisfies readonly { of: keyof Capabilities; icon: IconName; what: string; whatever: string }[];

const flags = [
  { of: 'files', icon: 'codicon:files', name: 'Files of the run', what: 'Texts that all steps share' },
  { of: 'memory', icon: 'codicon:save', name: 'Kept values', what: 'From one call to the next' },
  { of: 'questions', icon: 'human', name: 'Questions', what: 'Asks a person and waits' },
] as const satisfies readonly { of: keyof Capabilities; icon: IconName; name: string; what: string }[];

/** What is declared, thing by thing, in the order of the form. */
export function capabilityRows(declared: Capabilities, given: Capabilities): CapabilityRow[] {
  return [
    ...lists.flatMap(({ of, icon, what, whatever }) => {
      const names = declared[of].filter((name) => name !== WHATEVER_GRANTED);
      const open = declared[of].includes(WHATEVER_GRANTED);
      const all = open ? [...new Set([...names, ...given[of]])] : names;
      const rows = all.map((name) => ({ name, what, icon, mono: true, granted: given[of].includes(name) }));
      return open && all.length === 0 ? [{ name: whatever, what, icon, mono: false, granted: false }] : rows;
    }),
    ...flags
      .filter(({ of }) => declared[of])
      .map(({ of, icon, name, what }) => ({ name, what, icon, mono: false, granted: given[of] })),
  ];
}
