import './Callout.css';
import type { ReactNode } from 'react';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';

export type Tone = 'info' | 'success' | 'warning' | 'error';

export const toneIcon: Record<Tone, IconName> = {
  info: 'codicon:info',
  success: 'codicon:pass',
  warning: 'codicon:warning',
  error: 'codicon:error',
};

/** What stands; what happened is a toast. */
export function Callout({ tone = 'info', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className={`callout ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={toneIcon[tone]} />
      <div>{children}</div>
    </div>
  );
}
