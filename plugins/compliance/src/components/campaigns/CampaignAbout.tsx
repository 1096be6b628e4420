import { ReactNode } from 'react';
import { MarkdownContent } from '@backstage/core-components';
import { Alert } from '@backstage/ui';
import {
  CampaignPage,
  CampaignScope,
} from '@waymark/backstage-plugin-compliance-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { ago, when } from '../../time';
import { count } from '../../words';
import { CountedRule } from '../rules/ruleRows';
import { EntityName, EntityTitle } from '../shared/EntityName';
import { CampaignActions } from './CampaignActions';
import { Deadline, Progress, StateBadge } from './CampaignMarks';
import styles from './campaigns.module.css';

/** `A, B and C`, of elements. */
const Listed = ({ items }: { items: readonly ReactNode[] }) => (
  <>
    {items.map((item, index) => (
      <span key={index}>
        {index > 0 && (index === items.length - 1 ? ' or ' : ', ')}
        {item}
      </span>
    ))}
  </>
);

const Scope = ({ owners, systems, lifecycles }: CampaignScope) => {
  const names = (refs: readonly string[]) =>
    refs.map(ref => <EntityName key={ref} entityRef={ref} />);
  return (
    <>
      {owners.length + systems.length + lifecycles.length === 0 &&
        'All components'}
      {owners.length > 0 && (
        <div>
          Owned by <Listed items={names(owners)} />
        </div>
      )}
      {systems.length > 0 && (
        <div>
          Part of <Listed items={names(systems)} />
        </div>
      )}
      {lifecycles.length > 0 && (
        <div>
          In lifecycle <Listed items={lifecycles} />
        </div>
      )}
    </>
  );
};

const By = (props: { entityRef?: string; at: string }) => (
  <>
    <time dateTime={props.at} title={when(props.at)}>
      {ago(props.at)}
    </time>
    {props.entityRef && (
      <>
        {' by '}
        <EntityTitle entityRef={props.entityRef} />
      </>
    )}
  </>
);

/** What a campaign asks of whom until when, and what can be done with it. */
export const CampaignAbout = (props: {
  page: CampaignPage;
  rules: ReadonlyMap<string, CountedRule>;
  onChange: () => void;
}) => {
  const { page, rules, onChange } = props;
  const { campaign } = page;
  const { progress, promoted, startedAt, endedAt, remindedAt } = campaign;
  return (
    <SectionCard title={campaign.title}>
      <div className={styles.about}>
        <div className={styles.line}>
          <StateBadge state={campaign.state} />
          <Deadline campaign={campaign} />
        </div>
        {campaign.description && (
          <div className={styles.markdown}>
            <MarkdownContent content={campaign.description} />
          </div>
        )}
        <div>
          <Progress of={campaign.title} progress={progress} />
          <p className={styles.note}>
            {`A check is one rule on one component it applies to. ${
              progress.componentsDone
            } of ${count(progress.components, 'component')} ${
              progress.components === 1 ? 'is' : 'are'
            } done.`}
            {progress.unknown > 0 &&
              ` ${count(
                progress.unknown,
                'check has',
                'checks have',
              )} no answer yet.`}
          </p>
        </div>
        <dl className={styles.facts}>
          <dt>Asked of</dt>
          <dd>
            <Scope {...campaign.scope} />
          </dd>
          <dt>Made</dt>
          <dd>
            <By entityRef={campaign.createdBy} at={campaign.createdAt} />
          </dd>
          {startedAt && (
            <>
              <dt>Started</dt>
              <dd>
                <By at={startedAt} />
              </dd>
            </>
          )}
          {remindedAt && !endedAt && (
            <>
              <dt>Owners told</dt>
              <dd>
                <By at={remindedAt} />
              </dd>
            </>
          )}
          {endedAt && (
            <>
              <dt>Ended</dt>
              <dd>
                <By entityRef={campaign.endedBy} at={endedAt} />
              </dd>
            </>
          )}
        </dl>
        {promoted.length > 0 && (
          <Alert
            status="info"
            icon
            title={`${count(
              promoted.length,
              'rule counts',
              'rules count',
            )} since its end`}
            description={promoted
              .map(rule => rules.get(rule)?.title ?? rule)
              .join(', ')}
          />
        )}
        <CampaignActions page={page} rules={rules} onChange={onChange} />
      </div>
    </SectionCard>
  );
};
