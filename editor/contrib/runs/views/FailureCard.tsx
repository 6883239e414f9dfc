import type { ReactNode } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { type Cause, failureTitle } from '../failureWords.ts';

/** Why something stands: in words first, then the code, the sentence and the way on. */
export function FailureCard({
  cause: { code, message },
  resolved,
  when,
  children,
}: {
  cause: Cause;
  resolved?: boolean;
  when: ReactNode;
  children?: ReactNode;
}) {
  const title = failureTitle(code);
  return (
    <div className={`incidentcard${resolved ? ' is-resolved' : ''}`} role={resolved ? undefined : 'alert'}>
      <span className={resolved ? 'c-completed' : 'c-incident'}>
        <Icon name={resolved ? 'codicon:check' : 'codicon:zap'} />
      </span>
      <div className="body">
        <div className="strong">
          {resolved && 'Resolved: '}
          {title} {title !== code && <code className="dim xs">{code}</code>}
        </div>
        <div className="dim sm">{when}</div>
        <p className="causewords">{message}</p>
        {children}
      </div>
    </div>
  );
}
