import type { Notices } from '@baton/infra/coordination';
import type { SessionStore } from '@baton/infra/store';
import { remembered } from '../access/remembered.ts';
import { refuse } from '../refusal.ts';
import type { Principal } from './principal.ts';
import type { VerifyToken } from './verifyToken.ts';

/** Sessions that were ended here: their access tokens are refused although they would live on for minutes. */
export interface Sessions {
  hasEnded(principal: Principal): Promise<boolean>;
  /** One session, or without its id all of the user. In force on every gateway when it resolves. */
  end(tenantId: string, userId: string, sessionId?: string): Promise<void>;
  close(): void;
}

/** Times in a token are full seconds. */
const second = 1_000;

export function createSessions(store: SessionStore, notices: Notices, now: () => number): Sessions {
  const known = remembered({ now, load: store.ends });
  const close = notices.subscribe(({ kind, tenantId, id }) => {
    if (kind === 'session') known.forget(tenantId, id);
  }, known.forgetAll);

  return {
    async hasEnded({ tenantId, userId, sessionId, issuedAt }) {
      const { before, sessions } = await known.get(tenantId, userId);
      if (sessionId !== undefined && sessions.includes(sessionId)) return true;
      // Of the second in which they ended it cannot be told which came first.
      return before !== undefined && issuedAt <= Math.floor(before.getTime() / second) * second;
    },
    async end(tenantId, userId, sessionId) {
      const at = new Date(now());
      await store.end(tenantId, userId, sessionId === undefined ? { at } : { at, sessionId });
      await notices.publish({ kind: 'session', tenantId, id: userId });
    },
    close,
  };
}

/** The same verification, which refuses tokens of sessions that have ended. */
export function refusingEnded(verify: VerifyToken, sessions: Sessions): VerifyToken {
  return async (token) => {
    const verified = await verify(token);
    if (!verified.ok || !(await sessions.hasEnded(verified.value))) return verified;
    return refuse('SESSION_ENDED', 'Expected a session that goes on, but it was ended; sign in again');
  };
}
