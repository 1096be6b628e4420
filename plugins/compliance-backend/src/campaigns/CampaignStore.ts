import {
  Campaign,
  CampaignRequest,
  PromotedRules,
} from '@waymark/backstage-plugin-compliance-common';

/** A campaign without how far it is. */
export type CampaignRecord = Omit<Campaign, 'progress'>;

/** Where a campaign moves to. */
export interface CampaignMove {
  state: 'running' | 'done' | 'cancelled';
  by: string;
  /** Rules on trial that count from now on. */
  promoted: readonly string[];
}

/** Campaigns, and the rules that they have made standing rules. */
export interface CampaignStore {
  create(request: CampaignRequest, by: string): Promise<CampaignRecord>;
  find(id: string): Promise<CampaignRecord | undefined>;
  /** Running ones first, soonest deadline first. */
  list(state?: Campaign['state']): Promise<CampaignRecord[]>;
  /** @throws ConflictError where it is in another state by now */
  change(
    campaign: CampaignRecord,
    request: CampaignRequest,
  ): Promise<CampaignRecord>;
  /** @throws ConflictError where it is no draft any more */
  remove(id: string): Promise<void>;
  /**
   * Moves it on from the state it is expected in. What the rules say at the end
   * of one that ran, or that never did, is kept as it is.
   *
   * @throws ConflictError where somebody else was faster
   */
  move(campaign: CampaignRecord, move: CampaignMove): Promise<CampaignRecord>;
  /** Keeps how far those that run are now as the state of today. */
  record(): Promise<void>;
  promoted(): Promise<PromotedRules>;
}
