import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  Campaign,
  CampaignComponents,
  CampaignPage,
  CampaignPreview,
  CampaignRequest,
  CampaignStateRequest,
  ComponentPage,
  ComponentReport,
  Exemption,
  ExemptionRequest,
  FixPreview,
  FixRequest,
  Health,
  History,
  OpenedFix,
  Outcome,
  RulePage,
  RulesAnswer,
  Summary,
} from '@waymark/backstage-plugin-compliance-common';

/** Which components are listed, and in what order; what is left out is any. */
export interface ComponentQuery {
  /** In title or name. */
  search?: string;
  /** Entity reference; empty for components without. */
  owner?: string;
  system?: string;
  madeFrom?: 'template' | 'nothing';
  track?: string;
  level?: string;
  rule?: string;
  /** Of the rule. */
  outcome?: string;
  sort?: 'score' | 'title' | 'failed';
  order?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
}

/** Whose history; of all where nothing is named. */
export type HistoryOf = { entityRef?: string; owner?: string; system?: string };

/** What the portal knows of how rules are kept. */
export interface ComplianceApi {
  /** @returns undefined where the component has not been checked yet */
  getReport(entityRef: string): Promise<ComponentReport | undefined>;
  /** Asks for a new check, which follows soon after. */
  refresh(entityRef: string): Promise<void>;
  getComponents(query: ComponentQuery): Promise<ComponentPage>;
  getSummary(by: 'owner' | 'system'): Promise<Summary>;
  getHistory(of: HistoryOf): Promise<History>;
  getRules(): Promise<RulesAnswer>;
  getRule(
    id: string,
    query: { outcome?: Outcome; limit?: number; offset?: number },
  ): Promise<RulePage>;
  getExemptions(filter?: { entityRef?: string }): Promise<Exemption[]>;
  requestExemption(request: ExemptionRequest): Promise<void>;
  decideExemption(
    id: string,
    decision: 'approve' | 'deny' | 'end',
    comment: string,
  ): Promise<void>;
  /** What a pull request would change. */
  previewFix(request: FixRequest): Promise<FixPreview>;
  /** Opens it, or brings the one that is open up to date. */
  createFix(request: FixRequest): Promise<OpenedFix>;
  /** Pull requests that are open, unless another state is said. */
  getFixes(filter: {
    entityRef: string;
    state?: OpenedFix['state'];
  }): Promise<OpenedFix[]>;
  getHealth(): Promise<Health>;
  getCampaigns(filter?: { state?: Campaign['state'] }): Promise<Campaign[]>;
  getCampaign(id: string): Promise<CampaignPage>;
  getCampaignComponents(
    id: string,
    query: CampaignComponentQuery,
  ): Promise<CampaignComponents>;
  /** What a campaign would reach now. */
  previewCampaign(
    request: Pick<CampaignRequest, 'rules' | 'scope'>,
  ): Promise<CampaignPreview>;
  /** Makes a draft. */
  createCampaign(request: CampaignRequest): Promise<Campaign>;
  updateCampaign(id: string, request: CampaignRequest): Promise<Campaign>;
  /** Takes away a draft. */
  deleteCampaign(id: string): Promise<void>;
  /** Starts, ends or cancels it. */
  setCampaignState(id: string, change: CampaignStateRequest): Promise<void>;
  /** @returns how many owners were told */
  remindOwners(id: string): Promise<number>;
}

/** Which components of a campaign are listed. */
export interface CampaignComponentQuery {
  /** Entity reference; empty for components without. */
  owner?: string;
  /** Whether something is left to do. */
  open?: boolean;
  limit?: number;
  offset?: number;
}

/** The compliance backend. */
export const complianceApiRef = createApiRef<ComplianceApi>({
  id: 'plugin.compliance.service',
});
