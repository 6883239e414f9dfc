import type { CatalogEntry } from '@baton/gateway/api';
import type { Resource } from '../../platform/documents.ts';
import type { IconName } from '../../platform/icons.ts';
import type { State } from '../../ui/Badge.tsx';

/** Where a tool comes from, in a word. */
export function originOf({ origin }: Pick<CatalogEntry, 'origin'>): { word: string; icon: IconName } {
  switch (origin.kind) {
    case 'saved':
      return { word: 'Ours', icon: 'tool' };
    case 'builtIn':
      return { word: 'Built in', icon: 'codicon:package' };
    case 'mcp':
      return { word: origin.server, icon: 'codicon:plug' };
  }
}

/** How a tool looks that cannot be called as it is: shape, colour and word, and what that means. */
export const stateWords: {
  readonly [S in CatalogEntry['state']]: { word: string; icon: IconName; state: State; means: string };
} = {
  ready: {
    word: 'Ready',
    icon: 'codicon:check',
    state: 'completed',
    means: 'Agents and processes can call it.',
  },
  notGranted: {
    word: 'Not granted',
    icon: 'codicon:lock',
    state: 'waiting',
    means: 'It asks for more than an admin has granted: calls that need it fail.',
  },
  quarantined: {
    word: 'Quarantined',
    icon: 'codicon:shield',
    state: 'incident',
    means: 'Its server says something else of it than an admin accepted: it is not called until one accepts.',
  },
  unavailable: {
    word: 'Unavailable',
    icon: 'codicon:debug-disconnect',
    state: 'cancelled',
    means: 'Its server is out of reach: calls fail until it is back.',
  },
};

/** The document a tool is opened as: one of ours is edited, others are looked at. */
export function documentOf({ id, name, origin }: CatalogEntry): Resource {
  return origin.kind === 'saved' ? { kind: 'tool', id, name } : { kind: 'catalogTool', id: name, name };
}
