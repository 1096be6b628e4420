import { ReactNode } from 'react';
import { ErrorState } from './ErrorState';
import { LoadingState } from './LoadingState';

/** What the async hooks of react-use answer. */
export type AsyncValue<T> = { loading: boolean; error?: Error; value?: T };

/** Props of {@link AsyncContent}. */
export type AsyncContentProps<T> = {
  state: AsyncValue<T>;
  /** What is loaded, as in "Could not load {what}". */
  what: string;
  onRetry?: () => void;
  children: (value: T) => ReactNode;
};

/** Loading, failed, or there: a value already there outlives a reload. */
export function AsyncContent<T>(props: AsyncContentProps<T>) {
  const { state, what, onRetry, children } = props;
  if (state.error) {
    return <ErrorState what={what} error={state.error} onRetry={onRetry} />;
  }
  if (state.value === undefined) return <LoadingState what={what} />;
  return <>{children(state.value)}</>;
}
