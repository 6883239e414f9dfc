/**
 * Icons of our own (`agent`, `tool`, …) and every codicon by its name with the prefix `codicon:`, as in `codicon:rocket`.
 * `ui/Icon.tsx` draws them.
 */
export type OwnIcon =
  | 'baton'
  | 'agent'
  | 'tool'
  | 'task'
  | 'human'
  | 'guardrail'
  | 'process'
  | 'form'
  | 'runs'
  | 'inbox'
  | 'run'
  | 'deploy';
export type IconName = OwnIcon | `codicon:${string}`;

/** What a thing is; gives the icon its colour, never without the icon. */
export type Kind = 'agent' | 'tool' | 'human' | 'guardrail' | 'process' | 'task';
