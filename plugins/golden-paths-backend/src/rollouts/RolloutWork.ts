import { Rollout } from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { WorkState } from './progress';

/** A service that one worker has for itself until its lease is over. */
export interface Claim {
  id: string;
  /** Grows with each claim: what is written with an older one is refused. */
  fence: number;
  /** How often it was claimed since it became due. */
  attempts: number;
  entityRef: string;
  owner: string | null;
  rollout: {
    id: string;
    templateRef: string;
    title: string;
    version: string;
    commit: string;
    reason: string;
    startedBy: string;
    inputs: Rollout['inputs'];
  };
}

interface Row {
  id: string;
  fence: number;
  attempts: number;
  entity_ref: string;
  owner: string | null;
  rollout_id: string;
  template_ref: string;
  title: string;
  version: string;
  commit: string;
  reason: string;
  started_by: string;
  inputs: Rollout['inputs'];
}

/** What is to be done of all rollouts, shared by all replicas. */
export class RolloutWork {
  constructor(
    private readonly knex: Knex,
    private readonly leaseSeconds = 30,
  ) {}

  /** Takes what is due the longest; what a dead replica had comes back in time. */
  async take(worker: string): Promise<Claim | undefined> {
    const { rows } = await this.knex.raw<{ rows: Row[] }>(
      `update rollout_services as one
       set claimed_by = ?, fence = fence + 1, attempts = attempts + 1,
         claimed_until = now() + ? * interval '1 second'
       from rollouts as whole
       where whole.id = one.rollout_id and one.id = any(array(
         select due.id from rollout_services as due
         join rollouts on rollouts.id = due.rollout_id
         where due.state = 'due' and due.due_at <= now()
           and rollouts.state = 'running'
           and (due.claimed_until is null or due.claimed_until < now())
         order by due.due_at, due.id limit 1
         for update of due skip locked
       ))
       returning one.id, one.fence, one.attempts, one.entity_ref, one.owner,
         one.rollout_id, whole.template_ref, whole.title, whole.version,
         whole.commit, whole.reason, whole.started_by, whole.inputs`,
      [worker, this.leaseSeconds],
    );
    return rows[0] && toClaim(rows[0]);
  }

  /** Keeps it for another lease. */
  async renew(claim: Claim): Promise<void> {
    await this.held(claim).update({
      claimed_until: this.knex.raw(`now() + ? * interval '1 second'`, [
        this.leaseSeconds,
      ]),
    });
  }

  /** @returns false where somebody else has it by now; then nothing is written */
  async finish(
    claim: Claim,
    state: Exclude<WorkState, 'waiting' | 'due'>,
    reason: string | null,
  ): Promise<boolean> {
    const written = await this.held(claim).update({
      state,
      reason,
      claimed_by: null,
      claimed_until: null,
    });
    return written > 0;
  }

  /** Gives it up; it is due again after a while. */
  async abandon(claim: Claim, seconds: number): Promise<void> {
    await this.held(claim).update({
      claimed_by: null,
      claimed_until: null,
      fence: this.knex.raw('fence + 1'),
      due_at: this.knex.raw(`now() + ? * interval '1 second'`, [seconds]),
    });
  }

  private held({ id, fence }: Claim) {
    return this.knex('rollout_services').where({ id, fence, state: 'due' });
  }
}

function toClaim(row: Row): Claim {
  return {
    id: row.id,
    fence: row.fence,
    attempts: row.attempts,
    entityRef: row.entity_ref,
    owner: row.owner,
    rollout: {
      id: row.rollout_id,
      templateRef: row.template_ref,
      title: row.title,
      version: row.version,
      commit: row.commit,
      reason: row.reason,
      startedBy: row.started_by,
      inputs: row.inputs,
    },
  };
}
