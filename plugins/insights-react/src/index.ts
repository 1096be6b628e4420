/**
 * Parts that Waymark's pages share.
 *
 * @packageDocumentation
 */

export { BurnUp } from './charts/BurnUp';
export type { BurnUpProps } from './charts/BurnUp';
export type { BurnUpPoint } from './charts/burnUpPace';
export { HeatMap } from './charts/HeatMap';
export type { HeatMapProps } from './charts/HeatMap';
export type { HeatMapRow } from './charts/heatMapRows';
export { ShareBar } from './charts/ShareBar';
export type { Share, ShareBarProps } from './charts/ShareBar';
export { Sparkline } from './charts/Sparkline';
export type { SparklineProps } from './charts/Sparkline';
export { SCORE_STEPS, stepOf } from './charts/tones';
export type { Tone } from './charts/tones';
export { dayWords } from './charts/trend';
export type { TrendPoint } from './charts/trend';
export { TrendLine } from './charts/TrendLine';
export type { TrendLineProps } from './charts/TrendLine';
export { downloadCsv, toCsv } from './csv/csv';
export { SendDialog } from './dialogs/SendDialog';
export type { SendDialogProps } from './dialogs/SendDialog';
export { OptionSelect } from './filters/OptionSelect';
export { useQuery } from './filters/useQuery';
export { LogoIcon } from './logo/LogoIcon';
export { PullRequestLink } from './pullRequests/PullRequestLink';
export { PullRequestOpened } from './pullRequests/PullRequestOpened';
export type { PullRequestOpenedProps } from './pullRequests/PullRequestOpened';
export { PullRequestRefused } from './pullRequests/PullRequestRefused';
export type { PullRequestRefusedProps } from './pullRequests/PullRequestRefused';
export { useMayChange } from './pullRequests/useMayChange';
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
export { useFollow } from './states/useFollow';
export { LifecycleBadge } from './operations/LifecycleBadge';
export { operationsOf } from './operations/operationsOf';
export type { Operations, Repository } from './operations/operationsOf';
