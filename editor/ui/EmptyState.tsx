import './EmptyState.css';
import type { ReactNode } from 'react';
import type { IconName } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';

/** Icon, what it is for in one sentence, one action and, where it fits, one working example. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="emptystate">
      <Icon name={icon} size={32} />
      <div className="t">{title}</div>
      {children && <div>{children}</div>}
      {action}
    </div>
  );
}
