import './Icon.css';
import type { ReactNode } from 'react';
import type { IconName, Kind, OwnIcon } from '../platform/icons.ts';

const agent = (
  <>
    <path d="M8 1.5 9.4 6 14 7.5 9.4 9 8 13.5 6.6 9 2 7.5 6.6 6z" />
    <path d="M13 11.5v3M11.5 13h3" />
  </>
);

/** Drawn on a 16 px grid with a stroke of 1.25; `f` fills. */
const own: Record<OwnIcon, ReactNode> = {
  baton: (
    <>
      <path d="M3 13 13 3" strokeWidth="2.4" />
      <circle className="f" cx="3.2" cy="12.8" r="2.2" />
    </>
  ),
  agent,
  tool: (
    <path d="M14 4.2a3.6 3.6 0 0 1-4.8 4.3L4.4 13.3a1.5 1.5 0 0 1-2.1-2.1L7.1 6.4A3.6 3.6 0 0 1 11.5 1.7L9.6 3.7l.4 1.9 1.9.4z" />
  ),
  task: (
    <path d="M6 2.5H4.8c-1 0-1.3.5-1.3 1.3v2.4C3.5 7.2 3 8 2 8c1 0 1.5.8 1.5 1.8v2.4c0 .8.3 1.3 1.3 1.3H6M10 2.5h1.2c1 0 1.3.5 1.3 1.3v2.4c0 1 .5 1.8 1.5 1.8-1 0-1.5.8-1.5 1.8v2.4c0 .8-.3 1.3-1.3 1.3H10" />
  ),
  human: (
    <>
      <circle cx="8" cy="5" r="3" />
      <path d="M2.5 14.5c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5" />
    </>
  ),
  guardrail: (
    <>
      <path d="M8 1.5 13.5 3.5v4c0 3.5-2.4 5.9-5.5 7-3.1-1.1-5.5-3.5-5.5-7v-4z" />
      <path d="m5.7 8 1.7 1.7 3-3.2" />
    </>
  ),
  process: (
    <>
      <circle cx="3" cy="8" r="1.7" />
      <rect x="7" y="5" width="7.5" height="6" rx="1" />
      <path d="M4.7 8H7" />
    </>
  ),
  form: (
    <>
      <rect x="2.5" y="1.5" width="11" height="13" rx="1" />
      <path d="M5 5h6M5 8h6M5 11h3" />
    </>
  ),
  runs: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path className="f" d="M6.6 5.3v5.4L11 8z" />
    </>
  ),
  inbox: (
    <>
      <path d="M1.5 9.5 3.5 3h9l2 6.5v4h-13z" />
      <path d="M1.5 9.5h4l1 2h3l1-2h4" />
    </>
  ),
  run: <path className="f" d="M4.5 2.5v11l9-5.5z" />,
  deploy: (
    <>
      <path d="M6 10 4.5 8.5C6 4.5 9 2 14 2c0 5-2.5 8-6.5 9.5zM5 8.5 2.5 8 5 5.5M7.5 11l.5 2.5L10.5 11M2.5 13.5 4.5 11.5" />
      <circle cx="10" cy="6" r="1.2" />
    </>
  ),
};

export interface IconProps {
  name: IconName;
  /** px; default 16. */
  size?: 12 | 14 | 16 | 20 | 24 | 32;
  /** Colour of what the thing is. */
  kind?: Kind;
  className?: string;
}

/** An icon beside text or inside a named button: it is never read aloud. */
export function Icon({ name, size = 16, kind, className }: IconProps) {
  const classes = [kind && `c-${kind === 'task' ? 'process' : kind}`, className].filter(Boolean).join(' ');
  if (name.startsWith('codicon:')) {
    return (
      <span
        className={`codicon codicon-${name.slice(8)} ${classes}`}
        style={size === 16 ? undefined : { fontSize: size, width: size }}
        aria-hidden="true"
      />
    );
  }
  return (
    <svg
      className={`i ${classes}`}
      style={size === 16 ? undefined : { width: size, height: size }}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {own[name as OwnIcon]}
    </svg>
  );
}
