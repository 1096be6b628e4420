import {
  Deployment,
  DeploymentsCounted,
  DeploymentsPage,
  FailureReason,
  MetricOptions,
} from '@waymark/backstage-plugin-dora-common';
import { Knex } from 'knex';
import { DEPLOYMENTS, Row, toFact } from '../facts/tables';
import { PageOf, readPage } from './pages';
import { onlyOf } from './refs';

interface RolloutRecord {
  id: string;
  deployment_ids: string[];
  reason: FailureReason | null;
  incident_ids: string[] | null;
  since: Date | null;
  recovered_at: Date | null;
}

type CausedIncident = NonNullable<
  DeploymentsPage['items'][number]['failure']
>['incidents'][number];

/** Lists deployments, and those that a value was made of. */
export class DeploymentList {
  constructor(
    private readonly knex: Knex,
    private readonly options: Pick<MetricOptions, 'recoverWithoutIncident'>,
  ) {}

  /** With `counted` one for each rollout: its first. */
  async page(
    of: PageOf,
    counted?: DeploymentsCounted,
  ): Promise<DeploymentsPage> {
    const { items, ...rest } = counted
      ? await readPage(this.counted(of, counted), { id: 'id', at: 'at' }, of)
      : await readPage(this.begun(of), { id: 'id', at: 'started_at' }, of);
    const ids = items.map(({ id }) => id);
    const [facts, rollouts] = await Promise.all([
      this.knex('deployments').whereRaw('id = any(?)', [ids]) as Promise<Row[]>,
      this.knex('rollout_rows').whereRaw('deployment_ids && ?::text[]', [
        ids,
      ]) as Promise<RolloutRecord[]>,
    ]);
    const rolloutOf = new Map(
      rollouts.flatMap(one => one.deployment_ids.map(id => [id, one])),
    );
    const brought = await this.changesOf([
      ...ids,
      ...rollouts.flatMap(one => one.deployment_ids),
    ]);
    const caused = await this.incidentsOf(of, rollouts);
    const found = new Map(facts.map(row => [row.id, row]));
    return {
      ...rest,
      items: ids.flatMap(id => {
        const row = found.get(id);
        if (!row) return [];
        const rollout = rolloutOf.get(id);
        const together = rollout?.deployment_ids ?? [id];
        return [
          {
            ...toFact<Deployment>(DEPLOYMENTS, row),
            ...(rollout && { rolloutId: rollout.id }),
            ...(rollout?.reason && { failure: toFailure(rollout, caused) }),
            changes: together.reduce(
              (sum, one) => sum + (brought.get(one) ?? 0),
              0,
            ),
          },
        ];
      }),
    };
  }

  private begun({ refs, from, to }: PageOf) {
    return onlyOf(this.knex('deployments'), refs)
      .where('started_at', '>=', new Date(from))
      .where('started_at', '<', new Date(to));
  }

  /** As `countedRollouts` does it; a test holds them equal. */
  private counted(of: PageOf, counted: DeploymentsCounted) {
    const from = new Date(of.from);
    const to = new Date(Math.max(of.from, Math.min(of.to, Date.now())));
    const query = onlyOf(this.knex('rollout_rows'), of.refs);
    const lies = (column: string) =>
      query.where(column, '>=', from).where(column, '<', to);
    const recoverable = () => {
      query.whereNotNull('reason').where({ clock_fault: false });
      if (!this.options.recoverWithoutIncident) {
        query.where({ reason: 'incident' });
      }
    };
    switch (counted) {
      case 'recovered':
        recoverable();
        return lies('recovered_at');
      case 'open':
        recoverable();
        return query
          .where('since', '<', to)
          .where(over =>
            over.whereNull('recovered_at').orWhere('recovered_at', '>=', to),
          );
      case 'successful':
        return lies('at').where({ reached: true });
      case 'failed':
        return lies('at').whereNotNull('reason');
      case 'unplanned':
        return lies('at').where({ rework: true });
      default:
        return lies('at');
    }
  }

  private async incidentsOf(
    { refs }: PageOf,
    rollouts: readonly RolloutRecord[],
  ): Promise<Map<string, CausedIncident>> {
    const ids = rollouts.flatMap(({ incident_ids }) => incident_ids ?? []);
    const rows = (await onlyOf(this.knex('incidents'), refs)
      .select('id', 'title', 'url')
      .whereRaw('id = any(?)', [ids])) as (Omit<CausedIncident, 'url'> & {
      url: string | null;
    })[];
    return new Map(
      rows.map(({ id, title, url }) => [
        id,
        { id, title, ...(url && { url }) },
      ]),
    );
  }

  private async changesOf(ids: string[]): Promise<Map<string, number>> {
    const rows = (await this.knex('changes')
      .select('deployment_id')
      .count()
      .whereRaw('deployment_id = any(?)', [ids])
      .groupBy('deployment_id')) as { deployment_id: string; count: string }[];
    return new Map(rows.map(row => [row.deployment_id, Number(row.count)]));
  }
}

function toFailure(
  rollout: RolloutRecord,
  caused: ReadonlyMap<string, CausedIncident>,
) {
  const ids = rollout.incident_ids!;
  return {
    reason: rollout.reason!,
    incidentIds: ids,
    incidents: ids.flatMap(id => caused.get(id) ?? []),
    since: rollout.since!.toISOString(),
    ...(rollout.recovered_at && {
      recoveredAt: rollout.recovered_at.toISOString(),
    }),
  };
}
