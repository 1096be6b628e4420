import { useNavigate, useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert } from '@backstage/ui';
import {
  campaignManagePermission,
  CampaignRequest,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  LoadingState,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { Page } from '../shared/Page';
import { useLinks } from '../shared/useLinks';
import { CampaignForm } from './CampaignForm';

const Form = ({ id }: { id?: string }) => {
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const state = useAsyncRetry(async () => {
    const [{ rules }, page] = await Promise.all([
      api.getRules(),
      id === undefined ? undefined : api.getCampaign(id),
    ]);
    return { rules, campaign: page?.campaign };
  }, [api, id]);
  const save = async (request: CampaignRequest) => {
    const saved =
      id === undefined
        ? await api.createCampaign(request)
        : await api.updateCampaign(id, request);
    navigate(links.campaign(saved.id) ?? '..', { replace: true });
  };
  return (
    <AsyncContent state={state} what="the campaign" onRetry={state.retry}>
      {({ rules, campaign }) =>
        campaign?.endedAt ? (
          <Alert
            status="info"
            icon
            title="It has ended"
            description="What it asked and how far it came stays as it was."
          />
        ) : (
          <CampaignForm
            campaign={campaign}
            rules={rules}
            onSave={save}
            backTo={id === undefined ? links.campaigns : links.campaign(id)}
          />
        )
      }
    </AsyncContent>
  );
};

/** Makes a campaign, or changes one. */
export const CampaignFormPage = () => {
  const { id } = useParams();
  const { allowed, loading } = usePermission({
    permission: campaignManagePermission,
  });
  return (
    <Page title={id === undefined ? 'New campaign' : 'Edit campaign'}>
      {loading && <LoadingState what="the form" />}
      {!loading && !allowed && (
        <Alert
          status="info"
          icon
          title="You may not make or change campaigns"
          description="Ask the platform team if you need one."
        />
      )}
      {allowed && <Form id={id} />}
    </Page>
  );
};
