import {
  campaignComponentsSchema,
  campaignPageSchema,
  campaignPreviewRequestSchema,
  campaignPreviewSchema,
  campaignReminderSchema,
  campaignRequestSchema,
  campaignSchema,
  campaignsSchema,
  campaignStateRequestSchema,
  complianceCohortsSchema,
  componentPageSchema,
  componentReportSchema,
  exemptionDecisionSchema,
  exemptionRequestSchema,
  exemptionSchema,
  exemptionsSchema,
  exportedExemptionsSchema,
  fixesSchema,
  fixPreviewSchema,
  fixRequestSchema,
  fixSchema,
  healthSchema,
  historySchema,
  promotedRulesSchema,
  rulePageSchema,
  rulesSchema,
  summarySchema,
} from '@waymark/backstage-plugin-compliance-common';
import {
  openApiDocument,
  operation,
} from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import {
  campaignComponentsQuerySchema,
  campaignsQuerySchema,
} from './campaigns';
import { historyQuerySchema, summaryQuerySchema } from './company';
import { exemptionsQuerySchema, exportQuerySchema } from './exemptions';
import { fixesQuerySchema } from './fixes';
import { ruleQuerySchema } from './rules';
import { scoresQuerySchema } from './scores';

const GONE = { 404: 'There is no such thing that the caller may see.' };
const REFUSED = {
  ...GONE,
  409: 'It cannot be done as it is now; the message says why.',
};
const ONE = { path: ['id'] };
const COMPONENT = { path: ['kind', 'namespace', 'name'] };

const read = (summary: string, body: z.ZodType, query?: z.ZodType) => ({
  get: operation(summary, { query }, { body }),
});

const asked = (
  summary: string,
  body: z.ZodType,
  answer: { status?: number; body: z.ZodType },
  path: string[] = [],
) => operation(summary, { path, body }, { ...answer, more: REFUSED });

/** What each answers, for those who call it by hand or by a generated client. */
export const apiDocument = openApiDocument(
  'compliance',
  {
    title: 'Compliance',
    description:
      'What the rules say of components that the caller may see, and what is done about it: exemptions, campaigns, pull requests.',
  },
  {
    '/scores': read(
      'Components and their scores, a page of them',
      componentPageSchema,
      scoresQuerySchema,
    ),
    '/scores/{kind}/{namespace}/{name}': {
      get: operation('All that the rules say of a component', COMPONENT, {
        body: componentReportSchema,
        more: { 204: 'They were not asked yet.', ...GONE },
      }),
    },
    '/scores/{kind}/{namespace}/{name}/refresh': {
      post: operation('Looks at a component anew, soon', COMPONENT, {
        status: 202,
        more: GONE,
      }),
    },
    '/cohorts': read(
      'Scores of what golden paths made, beside those of what they did not',
      complianceCohortsSchema,
    ),
    '/summary': read(
      'Scores of owners or systems, by track',
      summarySchema,
      summaryQuerySchema,
    ),
    '/history': read(
      'How the score of a component, an owner, a system or all came about',
      historySchema,
      historyQuerySchema,
    ),
    '/rules': read('All rules, and how many components keep each', rulesSchema),
    '/rules/promoted': read(
      'Rules on trial that count by now',
      promotedRulesSchema,
    ),
    '/rules/{id}': {
      get: operation(
        'A rule, and what it says of which component',
        { ...ONE, query: ruleQuerySchema },
        { body: rulePageSchema, more: GONE },
      ),
    },
    '/exemptions': {
      ...read(
        'Exemptions of components',
        exemptionsSchema,
        exemptionsQuerySchema,
      ),
      post: asked(
        'Asks for an exemption, for a component of one’s own group',
        exemptionRequestSchema,
        { status: 201, body: exemptionSchema },
      ),
    },
    '/exemptions/export': read(
      'What holds today, for the bundles of pipelines and clusters',
      exportedExemptionsSchema,
      exportQuerySchema,
    ),
    '/exemptions/{id}/decision': {
      post: asked(
        'Approves, denies or ends an exemption',
        exemptionDecisionSchema,
        { body: exemptionSchema },
        ONE.path,
      ),
    },
    '/campaigns': {
      ...read(
        'Campaigns and how far they are',
        campaignsSchema,
        campaignsQuerySchema,
      ),
      post: asked('Drafts a campaign', campaignRequestSchema, {
        status: 201,
        body: campaignSchema,
      }),
    },
    '/campaigns/preview': {
      post: asked(
        'What a campaign of these rules would reach now',
        campaignPreviewRequestSchema,
        { body: campaignPreviewSchema },
      ),
    },
    '/campaigns/{id}': {
      get: operation('A campaign, day by day and by owner', ONE, {
        body: campaignPageSchema,
        more: GONE,
      }),
      put: asked(
        'Changes a campaign; its rules and scope only while it is a draft',
        campaignRequestSchema,
        { body: campaignSchema },
        ONE.path,
      ),
      delete: operation('Removes a draft', ONE, { status: 204, more: REFUSED }),
    },
    '/campaigns/{id}/components': {
      get: operation(
        'Components of a campaign, most to do first',
        { ...ONE, query: campaignComponentsQuerySchema },
        { body: campaignComponentsSchema, more: GONE },
      ),
    },
    '/campaigns/{id}/state': {
      post: asked(
        'Starts, ends or cancels a campaign',
        campaignStateRequestSchema,
        { body: campaignSchema },
        ONE.path,
      ),
    },
    '/campaigns/{id}/reminders': {
      post: operation('Reminds owners who have something left to do', ONE, {
        body: campaignReminderSchema,
        more: REFUSED,
      }),
    },
    '/fixes': {
      ...read('Pull requests that mend rules', fixesSchema, fixesQuerySchema),
      post: asked('Opens a pull request that mends a rule', fixRequestSchema, {
        status: 201,
        body: fixSchema,
      }),
    },
    '/fixes/preview': {
      post: asked('What the pull request would change', fixRequestSchema, {
        body: fixPreviewSchema,
      }),
    },
    '/health': read(
      'Whether facts are collected and rules answer',
      healthSchema,
    ),
  },
);
