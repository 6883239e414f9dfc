import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A view that throws is a bug of that view: it is said in its place, the rest of the frame goes on. */
export class ErrorBoundary extends Component<
  { what: string; children: ReactNode },
  { error?: Error | undefined }
> {
  override state: { error?: Error | undefined } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        icon="codicon:bug"
        title={`Expected ${this.props.what} to show, but it failed`}
        action={<Button onClick={() => this.setState({ error: undefined })}>Try again</Button>}
      >
        <code>{error.message}</code>
      </EmptyState>
    );
  }
}
