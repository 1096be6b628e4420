import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { complianceApiRef } from '../../api/ComplianceApi';
import { CAMPAIGN_WORDS } from '../../words';
import { useLinks } from '../shared/useLinks';

/** The campaigns that ask for the rule, as a fact of it; nothing where none does. */
export const RuleCampaigns = ({ ruleId }: { ruleId: string }) => {
  const api = useApi(complianceApiRef);
  const links = useLinks();
  // The rule is shown without them, too.
  const { value = [] } = useAsync(() => api.getCampaigns(), [api]);
  const asking = value.filter(({ rules }) => rules.includes(ruleId));
  if (asking.length === 0) return null;
  return (
    <>
      <dt>Campaigns</dt>
      {asking.map(({ id, title, state }) => (
        <dd key={id}>
          <Link href={links.campaign(id)}>{title}</Link>
          {`, ${CAMPAIGN_WORDS[state].toLowerCase()}`}
        </dd>
      ))}
    </>
  );
};
