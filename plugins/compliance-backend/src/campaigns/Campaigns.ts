import { AuditorService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  CampaignRequest,
  CampaignStateRequest,
  isOnTrial,
} from '@waymark/backstage-plugin-compliance-common';
import { dayOf, isDay } from '../database/time';
import { Caller } from '../exemptions/Exemptions';
import { CampaignReminders } from './CampaignReminders';
import { CampaignRecord, CampaignStore } from './CampaignStore';
import { Asked } from './pairs';
import { RulesInForce } from './RulesInForce';

const NEXT: Record<CampaignRecord['state'], readonly string[]> = {
  draft: ['running', 'cancelled'],
  running: ['done', 'cancelled'],
  done: [],
  cancelled: [],
};

/** Campaigns: made, started and ended by the platform team. */
export class Campaigns {
  constructor(
    private readonly services: {
      auditor: AuditorService;
      campaigns: CampaignStore;
      catalog: CatalogService;
      reminders: CampaignReminders;
      rules: RulesInForce;
      /** Judges all components again that were judged by other rules. */
      rejudge(): Promise<void>;
    },
  ) {}

  /** @throws NotFoundError */
  async find(id: string): Promise<CampaignRecord> {
    const campaign = await this.services.campaigns.find(id);
    if (!campaign) throw new NotFoundError(`There is no campaign ${id}`);
    return campaign;
  }

  /** @throws InputError for what is not there, and for a day that is over */
  create(request: CampaignRequest, caller: Caller): Promise<CampaignRecord> {
    return this.audited('campaign-create', request, caller, async () => {
      await this.check(request, caller);
      checkDeadline(request.deadline);
      const { userEntityRef } = caller.credentials.principal;
      return this.services.campaigns.create(unique(request), userEntityRef);
    });
  }

  /**
   * Changes a draft, or the words and the deadline of one that runs.
   *
   * @throws ConflictError for one that has ended, and for another scope or other
   * rules of one that runs; InputError as `create`
   */
  change(
    id: string,
    request: CampaignRequest,
    caller: Caller,
  ): Promise<CampaignRecord> {
    const meta = { id, ...request };
    return this.audited('campaign-change', meta, caller, async () => {
      const campaign = await this.find(id);
      const wanted = unique(request);
      if (campaign.endedAt) throw new ConflictError('It has ended');
      if (campaign.state === 'running') {
        if (asked(campaign) !== asked(wanted)) {
          throw new ConflictError(
            'Rules and scope can be changed only while it is a draft',
          );
        }
      } else {
        await this.check(wanted, caller);
      }
      if (campaign.deadline !== wanted.deadline) checkDeadline(wanted.deadline);
      return this.services.campaigns.change(campaign, wanted);
    });
  }

  /** @throws ConflictError for what is no draft */
  remove(id: string, caller: Caller): Promise<void> {
    return this.audited('campaign-delete', { id }, caller, async () => {
      const { state } = await this.find(id);
      if (state !== 'draft') {
        throw new ConflictError(`It is ${state}; only a draft can be deleted`);
      }
      await this.services.campaigns.remove(id);
    });
  }

  /**
   * Starts or ends one; `promote` makes its rules on trial count from now on.
   *
   * @throws ConflictError where it cannot move there; InputError for `promote`
   * with anything but `done`
   */
  move(
    id: string,
    { state, promote }: CampaignStateRequest,
    caller: Caller,
  ): Promise<CampaignRecord> {
    const meta = { id, state, promote };
    return this.audited('campaign-state', meta, caller, async () => {
      const { campaigns, rejudge, reminders, rules } = this.services;
      if (promote && state !== 'done') {
        throw new InputError('promote: goes with the state done only');
      }
      const campaign = await this.find(id);
      if (!NEXT[campaign.state].includes(state)) {
        throw new ConflictError(
          `It is ${campaign.state}, and cannot become ${state}`,
        );
      }
      const known = (await rules.now()).rules;
      if (state === 'running') {
        if (campaign.deadline < dayOf(new Date())) {
          throw new ConflictError('Its deadline is over: give it a later one');
        }
        const gone = campaign.rules.find(
          rule => !known.some(one => one.id === rule),
        );
        if (gone) throw new ConflictError(`The rule ${gone} is gone`);
      }
      const promoted = known
        .filter(rule => promote && isOnTrial(rule))
        .map(rule => rule.id)
        .filter(rule => campaign.rules.includes(rule));
      const by = caller.credentials.principal.userEntityRef;
      const moved = await campaigns.move(campaign, { state, by, promoted });
      if (promoted.length > 0) await rejudge();
      if (state === 'running') await reminders.remind(moved);
      return moved;
    });
  }

  /**
   * Reminds the owners who have something left to do.
   *
   * @returns how many were told
   * @throws ConflictError where it does not run, or they were reminded today
   */
  remind(id: string, caller: Caller): Promise<number> {
    return this.audited('campaign-remind', { id }, caller, async () => {
      const campaign = await this.find(id);
      if (campaign.state !== 'running') {
        throw new ConflictError(`It is ${campaign.state}, and does not run`);
      }
      return this.services.reminders.byHand(campaign);
    });
  }

  /** @throws InputError that names what there is not */
  async check({ rules, scope }: Asked, caller: Pick<Caller, 'credentials'>) {
    const known = new Set(this.services.rules.index.rules.map(({ id }) => id));
    const stranger = rules.find(rule => !known.has(rule));
    if (stranger) throw new InputError(`rules: there is no rule ${stranger}`);
    const refs = [...scope.owners, ...scope.systems];
    if (refs.length === 0) return;
    const { items } = await this.services.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      caller,
    );
    refs.forEach((ref, index) => {
      const list = index < scope.owners.length ? 'owners' : 'systems';
      const kinds = list === 'owners' ? ['group', 'user'] : ['system'];
      if (!items[index] || !kinds.includes(parseEntityRef(ref).kind)) {
        throw new InputError(
          `scope.${list}: there is no ${kinds.join(' or ')} ${ref}`,
        );
      }
    });
  }

  private async audited<T>(
    eventId: string,
    meta: { id?: string } & object,
    { request }: Caller,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.services.auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      request,
      meta: { ...meta },
    });
    try {
      const result = await work();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}

function checkDeadline(deadline: string): void {
  if (!isDay(deadline)) {
    throw new InputError('deadline: must be a day such as 2026-12-31');
  }
  if (deadline < dayOf(new Date())) {
    throw new InputError('deadline: must be today or later');
  }
}

function unique(request: CampaignRequest): CampaignRequest {
  const { rules, scope } = request;
  return {
    ...request,
    rules: [...new Set(rules)],
    scope: {
      owners: [...new Set(scope.owners)],
      systems: [...new Set(scope.systems)],
      lifecycles: [...new Set(scope.lifecycles)],
    },
  };
}

/** What it asks of whom, whatever the order. */
function asked({ rules, scope }: Asked): string {
  const lists = [rules, scope.owners, scope.systems, scope.lifecycles];
  return JSON.stringify(lists.map(list => [...list].sort()));
}
