import { useEffect } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Toast } from '../ui/Toast.tsx';
import { usePlatform, useReadable } from './platformContext.ts';

/** At most three toasts; all of them are in the centre the bell opens. */
export function Notifications() {
  const platform = usePlatform();
  const all = useReadable(platform.notifications);
  const open = useReadable(platform.context, (keys) => Boolean(keys.notificationCentre));
  const close = () => platform.context.set('notificationCentre', false);
  useEffect(() => {
    if (open) platform.notifications.markRead();
  }, [open, platform]);
  if (!open) {
    return (
      <div className="toasts">
        {all
          .filter((entry) => entry.toast)
          .slice(0, 3)
          .reverse()
          .map((entry) => (
            <Toast
              key={entry.id}
              notification={entry}
              onClose={() => platform.notifications.hide(entry.id)}
            />
          ))}
      </div>
    );
  }
  return (
    <section
      className="toasts centre"
      aria-label="Notifications"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div className="centrehead">
        <span className="grow">{all.length === 0 ? 'No notifications' : 'Notifications'}</span>
        <IconButton
          icon="codicon:clear-all"
          label="Clear notifications"
          disabled={all.length === 0}
          onClick={() => platform.notifications.clear()}
        />
        <IconButton icon="codicon:chevron-down" label="Hide notifications" onClick={close} />
      </div>
      {all.length === 0 ? (
        <EmptyState icon="codicon:bell" title="All quiet">
          What happens to your runs and documents is kept here.
        </EmptyState>
      ) : (
        <div className="centrelist scroll">
          {all.map((entry) => (
            <Toast
              key={entry.id}
              notification={entry}
              onClose={() => platform.notifications.remove(entry.id)}
            />
          ))}
        </div>
      )}
    </section>
  );
}
