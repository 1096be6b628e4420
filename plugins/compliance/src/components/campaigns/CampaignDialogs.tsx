import { ComponentProps, ReactNode, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup, Text } from '@backstage/ui';
import {
  CampaignPage,
  isOnTrial,
} from '@waymark/backstage-plugin-compliance-common';
import { SendDialog } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { weightOf } from '../../data/verdicts';
import { count } from '../../words';
import { CountedRule } from '../rules/ruleRows';
import styles from './campaigns.module.css';

/** Asks whether it is really meant. */
export const PlainDialog = (
  props: Omit<ComponentProps<typeof SendDialog>, 'children'> & {
    children: ReactNode;
  },
) => (
  <SendDialog {...props}>
    {() => <Text as="p">{props.children}</Text>}
  </SendDialog>
);

type Props = { page: CampaignPage; onClose: () => void; onDone: () => void };

/** Starts a draft; says before who will be told. */
export const StartDialog = ({ page, onClose, onDone }: Props) => {
  const api = useApi(complianceApiRef);
  const { id, title } = page.campaign;
  const open = page.owners.filter(one => one.pairsDone < one.pairs);
  const told = open.filter(({ owner }) => owner);
  const nobodys = open.find(({ owner }) => !owner);
  return (
    <SendDialog
      title={`Start “${title}”`}
      verb="Start"
      refusal="It was not started"
      onSend={async () => {
        await api.setCampaignState(id, { state: 'running', promote: false });
        onDone();
      }}
      onClose={onClose}
    >
      {() => (
        <>
          <Text as="p">
            {told.length === 0
              ? 'Nobody is told: no owner has anything left to do.'
              : `${count(
                  told.length,
                  'owner has',
                  'owners have',
                )} something left to do, and ${
                  told.length === 1 ? 'is' : 'are'
                } told now, and again 14, 7 and 1 days before the deadline:`}
          </Text>
          {told.length > 0 && (
            <ul className={styles.list}>
              {told.map(one => (
                <li key={one.owner}>
                  {one.title},{' '}
                  {count(one.components - one.componentsDone, 'component')}
                </li>
              ))}
            </ul>
          )}
          {nobodys && (
            <Text as="p">
              {`Of ${count(
                nobodys.components - nobodys.componentsDone,
                'component',
              )} nobody is told: there is no owner.`}
            </Text>
          )}
          <Text as="p">
            Its rules and whom it asks cannot be changed after that.
          </Text>
        </>
      )}
    </SendDialog>
  );
};

const promoteWords = (rule: CountedRule) =>
  `“${rule.title}” counts ${count(weightOf(rule), 'point')}: ${count(
    rule.outcomes.fail,
    'component that fails it scores',
    'components that fail it score',
  )} lower.`;

/** Ends one that runs, and asks whether its rules on trial count from then on. */
export const EndDialog = (
  props: Props & { rules: ReadonlyMap<string, CountedRule> },
) => {
  const { page, rules, onClose, onDone } = props;
  const api = useApi(complianceApiRef);
  const [promote, setPromote] = useState<boolean>();
  const { id, title, progress } = page.campaign;
  const left = progress.pairs - progress.pairsDone;
  const onTrial = page.campaign.rules
    .map(rule => rules.get(rule))
    .filter((rule): rule is CountedRule => !!rule && isOnTrial(rule));
  const isUnchosen = onTrial.length > 0 && promote === undefined;
  return (
    <SendDialog
      title={`End “${title}”`}
      verb="End campaign"
      destructive
      refusal="It was not ended"
      isInvalid={isUnchosen}
      onSend={async () => {
        await api.setCampaignState(id, {
          state: 'done',
          promote: promote === true,
        });
        onDone();
      }}
      onClose={onClose}
    >
      {isTried => (
        <>
          <Text as="p">
            {left === 0
              ? 'All of it is done. '
              : `${count(left, 'check is', 'checks are')} not done. `}
            Its numbers stay as they are now, and it cannot be started again.
          </Text>
          {onTrial.length > 0 && (
            <>
              <RadioGroup
                label="Its rules on trial"
                isRequired
                value={promote === undefined ? null : String(promote)}
                onChange={value => setPromote(value === 'true')}
                isInvalid={isTried && isUnchosen}
              >
                <Radio value="true">Count from now on</Radio>
                <Radio value="false">Stay on trial</Radio>
              </RadioGroup>
              {isTried && isUnchosen && (
                <Text as="p" color="danger">
                  Choose one of the two.
                </Text>
              )}
              {promote ? (
                <ul className={styles.list}>
                  {onTrial.map(rule => (
                    <li key={rule.id}>{promoteWords(rule)}</li>
                  ))}
                </ul>
              ) : (
                <Text as="p" color="secondary">
                  {promote === false
                    ? 'No score changes.'
                    : `It is about ${onTrial
                        .map(rule => `“${rule.title}”`)
                        .join(', ')}.`}
                </Text>
              )}
            </>
          )}
        </>
      )}
    </SendDialog>
  );
};
