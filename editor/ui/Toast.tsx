import './Toast.css';
import type { Notification } from '../platform/notifications.ts';
import { Button } from './Button.tsx';
import { toneIcon } from './Callout.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

const toneColour = { info: 'running', success: 'completed', warning: 'waiting', error: 'incident' } as const;

/** What happened; errors are read aloud at once, others when there is time. */
export function Toast({ notification, onClose }: { notification: Notification; onClose(): void }) {
  const { severity, message, actions = [], progress, cancel, requestId } = notification;
  const cancellable = progress !== undefined && cancel !== undefined;
  return (
    <div className="toast" role={severity === 'error' ? 'alert' : 'status'}>
      <Icon
        name={severity === 'success' ? 'codicon:check' : toneIcon[severity]}
        className={`c-${toneColour[severity]}`}
      />
      <div className="b">
        <div>{message}</div>
        {(actions.length > 0 || requestId || cancellable) && (
          <div className="a">
            {requestId && (
              <button
                type="button"
                className="requestid mono"
                title="Copy the request id"
                onClick={() => void navigator.clipboard?.writeText(requestId)}
              >
                {requestId}
              </button>
            )}
            {actions.map((action) => (
              <Button
                key={action.title}
                size="sm"
                onClick={() => {
                  onClose();
                  action.run();
                }}
              >
                {action.title}
              </Button>
            ))}
            {cancellable && (
              <Button size="sm" onClick={cancel}>
                Cancel
              </Button>
            )}
          </div>
        )}
      </div>
      <IconButton icon="codicon:close" label="Close" onClick={onClose} />
      {progress !== undefined && (
        <span className="bar">
          <i style={{ width: `${Math.round(progress * 100)}%` }} />
        </span>
      )}
    </div>
  );
}
