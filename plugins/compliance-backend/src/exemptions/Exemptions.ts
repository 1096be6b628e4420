import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Exemption,
  EXEMPTION_MAX_DAYS,
  ExemptionRequest,
  ExportedExemptions,
  RuleIndex,
} from '@waymark/backstage-plugin-compliance-common';
import { Request } from 'express';
import { Knex } from 'knex';
import { addDays, dayOf, isDay } from '../database/time';
import { Visible } from '../visible';
import { Announcer } from './Announcer';
import { ExemptionFilter, ExemptionStore } from './ExemptionStore';

/** How long before the end its owners are told. */
const WARN_DAYS = 14;

/** A person, and what they ask. */
export interface Caller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  request: Request;
}

export type Decision = 'approve' | 'deny' | 'end';

const NEXT = {
  approve: { from: 'requested', to: 'approved' },
  deny: { from: 'requested', to: 'denied' },
  end: { from: 'approved', to: 'ended' },
} as const;

/** Leave to break a rule: asked for by owners, given by the platform team. */
export class Exemptions {
  constructor(
    private readonly services: {
      knex: Knex;
      index: RuleIndex;
      auditor: AuditorService;
      catalog: CatalogService;
      logger: LoggerService;
      userInfo: UserInfoService;
      exemptions: ExemptionStore;
      announcer: Announcer;
      /** Judges components again, at once. */
      judge(entityRefs: readonly string[]): Promise<void>;
    },
  ) {}

  /**
   * Asks for one.
   *
   * @throws InputError for an impossible day or an unknown rule; NotFoundError
   * for a component that the caller may not see; NotAllowedError for one that is
   * not theirs; ConflictError where one is asked for already
   */
  async request(
    wanted: ExemptionRequest,
    { credentials, request }: Caller,
  ): Promise<Exemption> {
    const { auditor, exemptions, announcer, userInfo } = this.services;
    const event = await auditor.createEvent({
      eventId: 'exemption-request',
      severityLevel: 'medium',
      request,
      meta: { ...wanted },
    });
    try {
      const { userEntityRef } = await userInfo.getUserInfo(credentials);
      await this.requireOwner(wanted.entityRef, credentials);
      this.check(wanted);
      const exemption = await exemptions.request(wanted, userEntityRef);
      await event.success({ meta: { id: exemption.id } });
      await announcer.requested(exemption);
      return exemption;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  /**
   * Approves, denies or ends one. Nobody approves their own.
   *
   * @param as - `owner`: only of components of the caller's own groups
   * @throws NotFoundError, also for what the caller may not see; NotAllowedError;
   * ConflictError where it is in another state by now
   */
  async decide(
    id: string,
    { decision, comment }: { decision: Decision; comment: string },
    { credentials, request }: Caller,
    as: 'platform' | 'owner',
  ): Promise<Exemption> {
    const { auditor, announcer, exemptions, judge, knex } = this.services;
    const event = await auditor.createEvent({
      eventId: 'exemption-decision',
      severityLevel: 'high',
      request,
      meta: { id, decision, comment },
    });
    try {
      const { userEntityRef: by } = credentials.principal;
      const exemption = await exemptions.find(id);
      if (!exemption) throw new NotFoundError(`There is no exemption ${id}`);
      if (as === 'owner') await this.requireOwnerOf(exemption, credentials);
      const { from, to } = NEXT[decision];
      if (exemption.state !== from) {
        throw new ConflictError(
          `It is ${exemption.state}, and only what is ${from} can be ${to}`,
        );
      }
      if (decision === 'approve' && exemption.until < dayOf(new Date())) {
        throw new ConflictError('Its last day is over');
      }
      if (decision === 'approve' && exemption.requestedBy === by) {
        throw new NotAllowedError('Somebody else has to approve your request');
      }
      const decided = await knex.transaction(trx =>
        exemptions.decide(trx, exemption, to, by, comment),
      );
      const { entityRef, rule, until } = decided;
      await event.success({ meta: { entityRef, rule, until } });
      if (to !== 'denied') await judge([entityRef]);
      await announcer.decided(decided);
      return decided;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }

  /** Those of components that the caller may see. */
  async list(filter: ExemptionFilter, visible: Visible): Promise<Exemption[]> {
    const all = await this.services.exemptions.list(filter);
    if (visible === 'all') return all;
    const seen = new Set(visible);
    return all.filter(({ entityRef }) => seen.has(entityRef));
  }

  /** What holds today, as bundles for pipelines and clusters carry it. */
  async export(visible: Visible): Promise<ExportedExemptions> {
    const today = dayOf(new Date());
    const approved = await this.list(
      { state: 'approved', limit: 'none' },
      visible,
    );
    return approved
      .filter(({ until }) => until >= today)
      .map(({ entityRef, rule, until, reason }) => ({
        rule,
        service: parseEntityRef(entityRef).name,
        until,
        reason,
      }))
      .sort((one, other) =>
        `${one.rule} ${one.service}` < `${other.rule} ${other.service}`
          ? -1
          : 1,
      );
  }

  /** Ends what is over, and tells owners of what soon will be. */
  async tidy(now = new Date()): Promise<void> {
    const { announcer, exemptions, judge } = this.services;
    const today = dayOf(now);
    const over = await exemptions.expire(today);
    await judge(over.map(({ entityRef }) => entityRef));
    for (const exemption of over) await announcer.expired(exemption);
    for (const exemption of await exemptions.ending(
      addDays(today, WARN_DAYS),
    )) {
      // What could not be told is told on the next round.
      if (await announcer.ending(exemption)) {
        await exemptions.warned(exemption.id);
      }
    }
  }

  private check({ rule, until }: ExemptionRequest): void {
    const today = dayOf(new Date());
    if (!this.services.index.rules.some(({ id }) => id === rule)) {
      throw new InputError(`rule: there is no rule ${rule}`);
    }
    if (!isDay(until)) {
      throw new InputError('until: must be a day such as 2026-12-31');
    }
    if (until < today || until > addDays(today, EXEMPTION_MAX_DAYS)) {
      throw new InputError(
        `until: must be a day from today on, at most ${EXEMPTION_MAX_DAYS} days away`,
      );
    }
  }

  /** Whoever may not see the component does not learn that it has an exemption. */
  private async requireOwnerOf(
    { id, entityRef }: Exemption,
    credentials: BackstageCredentials,
  ): Promise<void> {
    try {
      await this.requireOwner(entityRef, credentials);
    } catch (error) {
      if ((error as Error).name !== 'NotFoundError') throw error;
      throw new NotFoundError(`There is no exemption ${id}`);
    }
  }

  private async requireOwner(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { catalog, userInfo } = this.services;
    const { ownershipEntityRefs: own } = await userInfo.getUserInfo(
      credentials,
    );
    const entity = await catalog.getEntityByRef(entityRef, { credentials });
    if (!entity || entity.kind.toLowerCase() !== 'component') {
      throw new NotFoundError(`There is no component ${entityRef}`);
    }
    const owned = (entity.relations ?? []).some(
      ({ type, targetRef }) =>
        type === RELATION_OWNED_BY && own.includes(targetRef),
    );
    if (!owned) {
      throw new NotAllowedError(
        `Only members of the group that owns ${entityRef} may do that`,
      );
    }
  }
}
