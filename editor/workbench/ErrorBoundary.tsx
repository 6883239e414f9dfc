import './ErrorBoundary.css';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { PlatformContext } from './platformContext.ts';

interface ErrorBoundaryProps {
  /** What does not show, in the user's words: `Problems`, `Workflow`. */
  what: string;
  /** A place as small as a button or an entry of the status bar. */
  inline?: boolean;
  /** Nothing stands in its place: it is inside something one can use without it. */
  silent?: boolean;
  children: ReactNode;
}

interface Caught {
  error?: Error | undefined;
  stack?: string | undefined;
}

/** What a browser says when a part of the program that is loaded later is not there: a new version was installed. */
const missingPart = /dynamically imported module|importing a module script|Unable to preload CSS/i;

/** A view that throws is a bug of that view: it is said in its place and in Output, the rest of the frame goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Caught> {
  static override contextType = PlatformContext;
  declare context: React.ContextType<typeof PlatformContext>;
  override state: Caught = {};

  static getDerivedStateFromError(thrown: unknown): Caught {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidCatch(thrown: unknown, { componentStack }: ErrorInfo) {
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    this.setState({ stack: `${stack}\n${componentStack ?? ''}`.trim() });
    this.context?.output.channel('Editor').append(`${this.props.what}: ${stack}`, 'error');
  }

  override render() {
    const { error, stack } = this.state;
    const { what, inline, silent, children } = this.props;
    if (!error) return children;
    if (silent) return null;
    const again = () => this.setState({ error: undefined, stack: undefined });
    if (inline) {
      const said = `Expected ${what} to show, but it failed: ${error.message}. Try again`;
      return <IconButton icon="codicon:bug" label={said} onClick={again} />;
    }
    const isMissing = missingPart.test(error.message);
    const reload = this.context?.reload;
    return (
      <div className="failedview">
        <EmptyState
          icon="codicon:bug"
          title={
            isMissing
              ? `Expected ${what} to load, but a part of Baton did not arrive`
              : `Expected ${what} to show, but it failed`
          }
          action={
            <span className="actions">
              {isMissing && reload ? (
                <Button onClick={reload}>Reload</Button>
              ) : (
                <Button onClick={again}>Try again</Button>
              )}
              <Button
                look="ghost"
                onClick={() =>
                  void navigator.clipboard?.writeText(`${what}\n${error.message}\n${stack ?? ''}`)
                }
              >
                Copy details
              </Button>
            </span>
          }
        >
          {isMissing ? (
            'Perhaps a new version was installed, or the network is away. What is not saved is kept in this browser.'
          ) : (
            <>
              The rest of the workbench goes on. <code>{error.message}</code>
            </>
          )}
        </EmptyState>
      </div>
    );
  }
}
