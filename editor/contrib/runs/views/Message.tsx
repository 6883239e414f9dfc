import type { ReactNode } from 'react';

/** Who says something, when, and what. */
export function Message({
  icon,
  who,
  time,
  children,
}: {
  icon: ReactNode;
  who: ReactNode;
  time: string;
  children: ReactNode;
}) {
  return (
    <div className="msg">
      {icon}
      <div className="who">
        <span className="ellipsis">{who}</span>
        {time && <span className="dim">{time}</span>}
      </div>
      <div className="body">{children}</div>
    </div>
  );
}
