/**
 * Parts that Waymark's pages share.
 *
 * @packageDocumentation
 */

export { LogoIcon } from './logo/LogoIcon';
export { SectionCard } from './section/SectionCard';
export type { SectionCardProps } from './section/SectionCard';
export { AsyncContent } from './states/AsyncContent';
export type { AsyncContentProps, AsyncValue } from './states/AsyncContent';
export { EmptyState } from './states/EmptyState';
export type { EmptyStateProps } from './states/EmptyState';
export { ErrorState } from './states/ErrorState';
export type { ErrorStateProps } from './states/ErrorState';
export { LoadingState } from './states/LoadingState';
export type { LoadingStateProps } from './states/LoadingState';
export { LifecycleBadge } from './operations/LifecycleBadge';
export { operationsOf } from './operations/operationsOf';
export type { Operations, Repository } from './operations/operationsOf';
