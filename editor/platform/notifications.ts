import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import type { Failure } from './failure.ts';
import type { Clock, Timers } from './host.ts';

export interface NotificationAction {
  /** A verb: `Undo`, `Show run`. */
  title: string;
  run(): void;
}

export interface NotificationContent {
  severity: 'info' | 'success' | 'warning' | 'error';
  message: string;
  actions?: readonly NotificationAction[];
  /** 0 to 1 while something goes on; `undefined` at its end. Stays until then. */
  progress?: number;
  /** Ends what goes on; offered as `Cancel` while there is progress, once. */
  cancel?: (() => void) | undefined;
  requestId?: string;
  /** ms; otherwise as long as every other. */
  shownFor?: number;
}

export interface Notification extends NotificationContent {
  id: number;
  /** ms since 1970 */
  at: number;
  /** Shown as a toast; afterwards in the notification centre only. */
  toast: boolean;
  read: boolean;
}

export interface NotificationHandle {
  readonly id: number;
  update(content: Partial<NotificationContent>): void;
  close(): void;
}

export interface Notifications extends Readable<readonly Notification[]> {
  show(content: NotificationContent): NotificationHandle;
  info(message: string, actions?: readonly NotificationAction[]): void;
  success(message: string, actions?: readonly NotificationAction[]): void;
  warning(message: string, actions?: readonly NotificationAction[]): void;
  /** Stays until closed. */
  error(message: string, actions?: readonly NotificationAction[]): void;
  /** An expected failure with its request id. */
  failure(failure: Failure, actions?: readonly NotificationAction[]): void;
  /** Says how far something is, from 0 to 1, until it has ended. `Cancel` aborts the signal: the work decides what that ends. */
  during<T>(
    message: string,
    work: (told: (progress: number) => void, cancelled: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Takes a toast away; it stays in the centre. */
  hide(id: number): void;
  remove(id: number): void;
  clear(): void;
  markRead(): void;
}

/** What happened is said for this long; errors and progress stay. */
const toastTime = 6_000;
const kept = 100;

export function createNotifications(clock: Clock, timers: Timers): Notifications {
  const store = createStore<readonly Notification[]>(() => []);
  let nextId = 1;
  const patch = (id: number, change: Partial<Notification>) =>
    store.setState(
      store.getState().map((entry) => (entry.id === id ? { ...entry, ...change } : entry)),
      true,
    );
  const hide = (id: number) => patch(id, { toast: false });
  const hideLater = (id: number, content: Partial<NotificationContent>) => {
    if (content.severity !== 'error' && content.progress === undefined)
      timers.after(content.shownFor ?? toastTime, () => hide(id));
  };
  const show = (content: NotificationContent): NotificationHandle => {
    const id = nextId++;
    store.setState(
      [{ ...content, id, at: clock.now(), toast: true, read: false }, ...store.getState()].slice(0, kept),
      true,
    );
    hideLater(id, content);
    return {
      id,
      update(change) {
        patch(id, change);
        const now = store.getState().find((entry) => entry.id === id);
        if (now) hideLater(id, now);
      },
      close: () => hide(id),
    };
  };
  const remove = (id: number) =>
    store.setState(
      store.getState().filter((entry) => entry.id !== id),
      true,
    );
  const say =
    (severity: Notification['severity']) => (message: string, actions?: readonly NotificationAction[]) =>
      void show({ severity, message, ...(actions && { actions }) });
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    show,
    info: say('info'),
    success: say('success'),
    warning: say('warning'),
    error: say('error'),
    failure: (failure, actions) =>
      void show({
        severity: 'error',
        message: failure.message,
        ...(failure.requestId && { requestId: failure.requestId }),
        ...(actions && { actions }),
      }),
    hide,
    remove,
    async during(message, work) {
      const cancelled = new AbortController();
      const { id, update } = show({
        severity: 'info',
        message,
        progress: 0,
        cancel() {
          cancelled.abort();
          update({ message: `${message} Cancelling…`, cancel: undefined });
        },
      });
      try {
        return await work((progress) => update({ progress }), cancelled.signal);
      } finally {
        remove(id);
      }
    },
    clear: () => store.setState([], true),
    markRead: () =>
      store.setState(
        store.getState().map((entry) => ({ ...entry, read: true })),
        true,
      ),
  };
}
