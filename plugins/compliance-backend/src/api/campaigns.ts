import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  Campaign,
  CAMPAIGN_STATES,
  campaignManagePermission,
  CampaignPage,
  campaignPreviewRequestSchema,
  CampaignPreview,
  campaignRequestSchema,
  campaignScopeSchema,
  campaignStateRequestSchema,
  complianceReadPermission,
} from '@waymark/backstage-plugin-compliance-common';
import {
  parse,
  refSchema,
  Visibility,
} from '@waymark/backstage-plugin-insights-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import pLimit from 'p-limit';
import { z } from 'zod';
import {
  CampaignProgressReader,
  OwnerProgress,
} from '../campaigns/CampaignProgressReader';
import { Campaigns } from '../campaigns/Campaigns';
import { CampaignRecord, CampaignStore } from '../campaigns/CampaignStore';
import { Titles } from '../history/titles';
import { Visible } from '../visible';
import { groupSchema, pageSchema } from './parse';

const refs = z.array(refSchema).max(100).default([]);
const scope = campaignScopeSchema.extend({ owners: refs, systems: refs });
const requestSchema = campaignRequestSchema.extend({ scope });
const previewSchema = campaignPreviewRequestSchema.extend({ scope });
const idSchema = z.uuid('There is no such campaign');
export const campaignsQuerySchema = z
  .object({ state: z.enum(CAMPAIGN_STATES).optional() })
  .strict();
export const campaignComponentsQuerySchema = z
  .object({
    ...pageSchema,
    owner: groupSchema.optional(),
    open: z.stringbool().optional(),
  })
  .strict();
const nothing = z.object({}).strict();

/**
 * `GET /campaigns?state=`, `GET /campaigns/:id` and its `/components`: how far
 * they are, of components that the caller may see.
 * `POST /campaigns`, `PUT` and `DELETE /campaigns/:id`, `POST …/state` and
 * `…/reminders`, `POST /campaigns/preview`: for those who run them.
 * `GET /rules/promoted`: rules on trial that count by now.
 */
export function campaignRoutes(options: {
  httpAuth: HttpAuthService;
  visibility: Visibility;
  titles: Titles;
  campaigns: CampaignStore;
  progress: CampaignProgressReader;
  management: Campaigns;
}): Router {
  const { httpAuth, visibility, titles, campaigns, progress, management } =
    options;
  const router = PromiseRouter();

  const reader = async (request: Request) => {
    const credentials = await httpAuth.credentials(request);
    return { credentials, visible: await visibility.of(credentials) };
  };
  const manager = async (request: Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    await visibility.require(
      campaignManagePermission,
      credentials,
      'manage campaigns',
    );
    return {
      caller: { credentials, request },
      visible: await visibility.of(credentials),
    };
  };
  const idOf = (request: Request) => parse(idSchema, request.params.id);
  const withProgress = async (
    campaign: CampaignRecord,
    visible: Visible,
  ): Promise<Campaign> => ({
    ...campaign,
    progress: await progress.total(campaign, visible),
  });
  const titled = async (
    owners: readonly OwnerProgress[],
    credentials: Parameters<Titles['of']>[1],
  ): Promise<CampaignPage['owners']> => {
    const named = await titles.of(
      owners.map(({ owner }) => owner),
      credentials,
    );
    return owners.map(one => ({ ...one, title: named.get(one.owner)! }));
  };

  router.get('/campaigns', async (request, response) => {
    const { visible } = await reader(request);
    const { state } = parse(campaignsQuerySchema, request.query);
    const found = await campaigns.list(state);
    // Each is counted; a few at a time leave the database to others, too.
    const limit = pLimit(4);
    const items: Campaign[] = await Promise.all(
      found.map(campaign => limit(() => withProgress(campaign, visible))),
    );
    response.json({ items });
  });

  router.get('/campaigns/:id', async (request, response) => {
    const { credentials, visible } = await reader(request);
    parse(nothing, request.query);
    const campaign = await management.find(idOf(request));
    const page = await progress.page(campaign, visible);
    const answer: CampaignPage = {
      campaign: { ...campaign, progress: page.total },
      points: page.points,
      owners: await titled(page.owners, credentials),
      rules: page.rules,
    };
    response.json(answer);
  });

  router.get('/campaigns/:id/components', async (request, response) => {
    const { visible } = await reader(request);
    const query = parse(campaignComponentsQuerySchema, request.query);
    const campaign = await management.find(idOf(request));
    response.json(await progress.components(campaign, query, visible));
  });

  router.post('/campaigns', async (request, response) => {
    const { caller, visible } = await manager(request);
    const body = parse(requestSchema, request.body);
    const made = await management.create(body, caller);
    response.status(201).json(await withProgress(made, visible));
  });

  router.post('/campaigns/preview', async (request, response) => {
    const { caller, visible } = await manager(request);
    const body = parse(previewSchema, request.body);
    await management.check(body, caller);
    const { total, owners } = await progress.preview(body, visible);
    const answer: CampaignPreview = {
      ...total,
      owners: await titled(owners, caller.credentials),
    };
    response.json(answer);
  });

  router.put('/campaigns/:id', async (request, response) => {
    const { caller, visible } = await manager(request);
    const id = idOf(request);
    const body = parse(requestSchema, request.body);
    const changed = await management.change(id, body, caller);
    response.json(await withProgress(changed, visible));
  });

  router.delete('/campaigns/:id', async (request, response) => {
    const { caller } = await manager(request);
    await management.remove(idOf(request), caller);
    response.status(204).end();
  });

  router.post('/campaigns/:id/state', async (request, response) => {
    const { caller, visible } = await manager(request);
    const id = idOf(request);
    const body = parse(campaignStateRequestSchema, request.body);
    const moved = await management.move(id, body, caller);
    response.json(await withProgress(moved, visible));
  });

  router.post('/campaigns/:id/reminders', async (request, response) => {
    const { caller } = await manager(request);
    const owners = await management.remind(idOf(request), caller);
    response.json({ owners });
  });

  router.get('/rules/promoted', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    parse(nothing, request.query);
    await visibility.require(
      complianceReadPermission,
      credentials,
      'read rules',
    );
    response.json(await campaigns.promoted());
  });

  return router;
}
