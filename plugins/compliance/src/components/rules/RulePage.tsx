import { useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink } from '@backstage/ui';
import {
  isOnTrial,
  Outcome,
  OUTCOMES,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  dayWords,
  EmptyState,
  SectionCard,
  ShareBar,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { dayOf } from '../../time';
import {
  LEVEL_WORDS,
  OUTCOME_WORDS,
  PART_WORDS,
  TRACK_WORDS,
} from '../../words';
import { countShares } from '../shared/outcomeShares';
import { Page } from '../shared/Page';
import { weightWords } from '../shared/RuleFacts';
import { TRIAL_WORDS } from '../shared/TrialMark';
import { useLinks } from '../shared/useLinks';
import { readmeText } from './readmeText';
import { CountedRule } from './ruleRows';
import { RuleCampaigns } from './RuleCampaigns';
import { RuleComponents } from './RuleComponents';
import styles from './rules.module.css';

const RuleFacts = ({ rule }: { rule: CountedRule }) => (
  <dl className={styles.facts}>
    <dt>Track</dt>
    <dd>{TRACK_WORDS[rule.track]}</dd>
    <dt>Level</dt>
    <dd>{LEVEL_WORDS[rule.level]}</dd>
    <dt>Severity</dt>
    <dd>{weightWords(rule)}</dd>
    <dt>Reads</dt>
    <dd>{PART_WORDS[rule.input]}</dd>
    <dt>Name</dt>
    <dd>
      <code>{rule.id}</code>
    </dd>
    {rule.promotedAt && (
      <>
        <dt>Counts since</dt>
        <dd>
          {dayWords(dayOf(new Date(rule.promotedAt)))}, before that it was on
          trial
        </dd>
      </>
    )}
    <RuleCampaigns ruleId={rule.id} />
  </dl>
);

/** One rule: what it wants and why, and the components under it. */
export const RulePage = () => {
  const { id = '' } = useParams();
  const [query] = useQuery();
  const api = useApi(complianceApiRef);
  const links = useLinks();
  const outcome: Outcome =
    OUTCOMES.find(one => one === query.outcome) ?? 'fail';
  const state = useAsyncRetry(
    async () => (await api.getRules()).rules.find(one => one.id === id) ?? null,
    [api, id],
  );
  return (
    <Page title={state.value?.title ?? 'Rule'}>
      <AsyncContent state={state} what="the rule" onRetry={state.retry}>
        {rule =>
          rule ? (
            <div className={styles.columns}>
              <SectionCard title="What it wants">
                {isOnTrial(rule) && (
                  <Alert status="info" icon title={TRIAL_WORDS} mb="4" />
                )}
                <RuleFacts rule={rule} />
                <div className={styles.readme}>
                  <MarkdownContent
                    content={readmeText(rule.readme) || rule.description}
                  />
                </div>
              </SectionCard>
              <SectionCard title="Components">
                <ShareBar
                  title="Components by outcome"
                  shares={countShares(rule.outcomes, one => `?outcome=${one}`)}
                />
                <h3>
                  {OUTCOME_WORDS[outcome]}: {rule.outcomes[outcome]}
                </h3>
                <RuleComponents ruleId={id} outcome={outcome} />
              </SectionCard>
            </div>
          ) : (
            <SectionCard title="Rule">
              <EmptyState
                title={`There is no rule “${id}”`}
                action={
                  links.rules && (
                    <ButtonLink variant="secondary" href={links.rules}>
                      All rules
                    </ButtonLink>
                  )
                }
              >
                It may have been taken out, or renamed.
              </EmptyState>
            </SectionCard>
          )
        }
      </AsyncContent>
    </Page>
  );
};
