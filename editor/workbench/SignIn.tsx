import './SignIn.css';
import type { ReactNode } from 'react';
import type { Session } from '../platform/session.ts';
import { Button } from '../ui/Button.tsx';
import { Callout } from '../ui/Callout.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useReadable } from './platformContext.ts';

/** Before and after a session: signing in, or why it did not work. */
export function SignIn({ session }: { session: Session }) {
  const state = useReadable(session);
  if (state.status === 'failed') {
    return (
      <SignInBox title="Baton cannot start">
        <Callout tone="error">
          {state.failure.message}
          {state.failure.requestId && (
            <>
              {' '}
              <code>{state.failure.requestId}</code>
            </>
          )}
        </Callout>
        <Button look="primary" size="lg" onClick={() => window.location.assign('/')}>
          Try again
        </Button>
      </SignInBox>
    );
  }
  if (state.status !== 'signedOut') return null;
  const { developmentUsers } = state.configuration;
  return (
    <SignInBox title="Sign in to Baton">
      <Button look="primary" size="lg" data-autofocus onClick={() => void session.signIn()}>
        Sign in
      </Button>
      {developmentUsers.length > 0 && (
        <div className="signinusers">
          <p className="dim sm">Users of this development server; the password is the user name.</p>
          <ul>
            {developmentUsers.map((user) => (
              <li key={`${user.tenant}/${user.username}`}>
                <code>{user.username}</code>
                <span className="dim sm">
                  {user.tenant} · {user.roles.join(', ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </SignInBox>
  );
}

export function SignInBox({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="signin">
      <main className="signinbox">
        <div className="brand">
          <Icon name="baton" size={24} />
          <span>Baton</span>
        </div>
        <div>
          <h1>{title}</h1>
          <p className="dim">Workflows of agents, tools and people.</p>
        </div>
        {children}
      </main>
    </div>
  );
}
