import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { kitStrings } from '../language/kit.strings.ts';
import { useStrings } from '../language/strings.ts';
import { ErrorNote } from './ErrorNote.tsx';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** When it changes, another try is made: the route. */
  resetKey?: string;
  /** Hears of each error, once. */
  onError?: (error: unknown, where: string) => void;
}

interface ErrorBoundaryState {
  readonly error: { readonly value: unknown } | null;
  readonly key: string | undefined;
}

/** A bug below stays below: the rest of the screen goes on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, key: this.props.resetKey };

  static getDerivedStateFromError(value: unknown): Partial<ErrorBoundaryState> {
    return { error: { value } };
  }

  static getDerivedStateFromProps(
    { resetKey }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return resetKey === state.key ? null : { error: null, key: resetKey };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.props.onError?.(error, info.componentStack ?? '');
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Broken error={error.value} onRetry={() => this.setState({ error: null })} />;
  }
}

function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useStrings(kitStrings);
  return (
    <ErrorNote
      happened={t('errorTitle')}
      safe={t('errorSafe')}
      todo={t('errorDo')}
      code={error instanceof Error ? `${error.name}: ${error.message}` : String(error)}
      actions={
        <>
          <Button onPress={onRetry}>{t('retry')}</Button>
          <Button variant="quiet" onPress={() => window.location.reload()}>
            {t('reload')}
          </Button>
        </>
      }
    />
  );
}
