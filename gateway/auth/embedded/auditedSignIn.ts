import { actorOf } from '../../audit/names.ts';
import type { Audit } from '../../audit/ports.ts';
import { requestIdOf } from '../../pipeline/requestId.ts';
import type { EmbeddedProviderOptions } from './provider.ts';
import type { SignInOptions } from './signIn.ts';

/** Every sign-in on the page leaves an entry, refused ones too, before the browser hears of it. */
export function auditedSignIn(audit: Audit, now: () => number): SignInOptions['signedIn'] {
  return async (response, { username, user }) => {
    await audit.append({
      tenantId: user?.tenantId ?? '-',
      actor: user
        ? actorOf({ ...user, kind: 'user', userId: user.id })
        : { kind: 'anonymous', id: '', name: username },
      action: 'session.signIn',
      outcome: user ? 'done' : 'denied',
      ...(user ? {} : { errorCode: 'CREDENTIALS_INVALID' }),
      resource: { kind: 'session', id: username },
      requestId: requestIdOf(response),
      at: now(),
    });
  };
}

/** The same for a sign-out; `end` makes what it says true. */
export function auditedSignOut(
  audit: Audit,
  now: () => number,
  end: (tenantId: string, userId: string, sessionId: string) => Promise<void>,
): EmbeddedProviderOptions['signedOut'] {
  return async (response, user, sessionId) => {
    const { id, username, tenantId } = user;
    await end(tenantId, id, sessionId);
    await audit.append({
      tenantId,
      actor: actorOf({ ...user, kind: 'user', userId: id }),
      action: 'session.signOut',
      outcome: 'done',
      resource: { kind: 'session', id: username },
      requestId: requestIdOf(response),
      at: now(),
    });
  };
}
