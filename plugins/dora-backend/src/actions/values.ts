import { Five, MetricName } from '@waymark/backstage-plugin-dora-common';

export const UNITS: Record<MetricName, string> = {
  deploymentFrequency: 'deployments per day',
  leadTime: 'seconds, median',
  changeFailRate: 'share, 0 to 1',
  recoveryTime: 'seconds, median',
  reworkRate: 'share, 0 to 1',
};

/** Undefined where there is no data. */
export function valueOf(result: Five[MetricName]): number | undefined {
  return result.status === 'ok' ? result.value : undefined;
}
