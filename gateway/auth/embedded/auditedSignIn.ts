import type { Audit } from '../../audit/ports.ts';
import { requestIdOf } from '../../pipeline/requestId.ts';
import type { SignInOptions } from './signIn.ts';

/** Every sign-in on the page leaves an entry, refused ones too, before the browser hears of it. */
export function auditedSignIn(audit: Audit, now: () => number): SignInOptions['signedIn'] {
  return async (response, { username, user }) => {
    await audit.append({
      tenantId: user?.tenantId ?? '-',
      actor: user
        ? { kind: 'user', id: user.id, name: user.username }
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
