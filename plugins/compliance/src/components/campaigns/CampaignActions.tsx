import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, ButtonLink, Text } from '@backstage/ui';
import {
  campaignManagePermission,
  CampaignPage,
} from '@waymark/backstage-plugin-compliance-common';
import { complianceApiRef } from '../../api/ComplianceApi';
import { dayOf } from '../../time';
import { count } from '../../words';
import { CountedRule } from '../rules/ruleRows';
import { useLinks } from '../shared/useLinks';
import { EndDialog, PlainDialog, StartDialog } from './CampaignDialogs';
import styles from './campaigns.module.css';

type Asking = 'start' | 'remind' | 'end' | 'cancel' | 'delete';

/** What those who run campaigns can do with it; nothing for all others. */
export const CampaignActions = (props: {
  page: CampaignPage;
  rules: ReadonlyMap<string, CountedRule>;
  onChange: () => void;
}) => {
  const { page, rules, onChange } = props;
  const { id, state, remindedAt } = page.campaign;
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const { allowed } = usePermission({ permission: campaignManagePermission });
  const [asking, setAsking] = useState<Asking>();
  const [told, setTold] = useState<number>();
  if (!allowed || state === 'done' || state === 'cancelled') return null;

  const wasReminded =
    remindedAt !== undefined &&
    dayOf(new Date(remindedAt)) === dayOf(new Date());
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    onChange();
  };
  const edit = links.campaign(id);
  return (
    <>
      {told !== undefined && (
        <Alert
          status="success"
          icon
          title={`${count(told, 'owner was', 'owners were')} reminded`}
        />
      )}
      <div className={styles.actions}>
        {state === 'draft' && (
          <Button variant="primary" onPress={() => setAsking('start')}>
            Start
          </Button>
        )}
        {state === 'running' && (
          <>
            <Button
              variant="secondary"
              isDisabled={wasReminded}
              onPress={() => setAsking('remind')}
            >
              Remind owners
            </Button>
            <Button variant="secondary" onPress={() => setAsking('end')}>
              End
            </Button>
          </>
        )}
        {edit && (
          <ButtonLink variant="secondary" href={`${edit}/edit`}>
            Edit
          </ButtonLink>
        )}
        {state === 'draft' ? (
          <Button variant="secondary" onPress={() => setAsking('delete')}>
            Delete draft
          </Button>
        ) : (
          <Button variant="secondary" onPress={() => setAsking('cancel')}>
            Cancel campaign
          </Button>
        )}
        {state === 'running' && wasReminded && (
          <Text color="secondary" variant="body-small">
            Owners were told today already; once a day is enough.
          </Text>
        )}
      </div>
      {asking === 'start' && (
        <StartDialog page={page} onClose={close} onDone={done} />
      )}
      {asking === 'end' && (
        <EndDialog page={page} rules={rules} onClose={close} onDone={done} />
      )}
      {asking === 'remind' && (
        <PlainDialog
          title="Remind owners"
          verb="Remind"
          refusal="Nobody was reminded"
          onSend={async () => {
            setTold(await api.remindOwners(id));
            done();
          }}
          onClose={close}
        >
          Each owner with something left to do gets a notification that says how
          much.
        </PlainDialog>
      )}
      {asking === 'cancel' && (
        <PlainDialog
          title="Cancel the campaign"
          verb="Cancel campaign"
          destructive
          refusal="It was not cancelled"
          onSend={async () => {
            await api.setCampaignState(id, {
              state: 'cancelled',
              promote: false,
            });
            done();
          }}
          onClose={close}
        >
          Owners are asked for nothing any more, and no rule counts differently.
          It cannot be started again.
        </PlainDialog>
      )}
      {asking === 'delete' && (
        <PlainDialog
          title="Delete the draft"
          verb="Delete"
          destructive
          refusal="It was not deleted"
          onSend={async () => {
            await api.deleteCampaign(id);
            navigate(links.campaigns ?? '..', { replace: true });
          }}
          onClose={close}
        >
          The draft is gone for good. Nobody has been told of it.
        </PlainDialog>
      )}
    </>
  );
};
