import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  FunnelAnswer,
  OutcomesAnswer,
  ReachAnswer,
  TemplatePageAnswer,
  Visit,
} from '@waymark/backstage-plugin-golden-paths-common';
import { DriftQuery, WindowQuery } from './GoldenPathsApi';

/** What can be had as a table. */
export type TableName =
  | 'creations'
  | 'drift'
  | 'months'
  | 'teams'
  | 'templates';

/** What is made of the records, and of what other plugins say. */
export interface InsightsApi {
  /** How far creations came. */
  getFunnel(query: WindowQuery): Promise<FunnelAnswer>;
  /** Golden path beside bespoke. */
  getOutcomes(query: WindowQuery): Promise<OutcomesAnswer>;
  getTemplate(
    templateRef: string,
    query: WindowQuery,
  ): Promise<TemplatePageAnswer>;
  /** What a pull request of a template would change. */
  getReach(templateRef: string, pullRequest: number): Promise<ReachAnswer>;
  /** As CSV. */
  getTable(name: TableName, query: WindowQuery | DriftQuery): Promise<string>;
  /** Counts that a form was opened or sent. */
  sendVisit(visit: Visit): Promise<void>;
}

/** The golden paths' backend, as far as it counts. */
export const insightsApiRef = createApiRef<InsightsApi>({
  id: 'plugin.golden-paths.insights',
});
