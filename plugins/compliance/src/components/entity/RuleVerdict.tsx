import { ReactNode } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
  Link,
  Text,
} from '@backstage/ui';
import { isOnTrial } from '@waymark/backstage-plugin-compliance-common';
import { dayWords } from '@waymark/backstage-plugin-insights-react';
import { JudgedRule } from '../../data/verdicts';
import { Findings } from '../shared/Findings';
import { OutcomeMark } from '../shared/OutcomeMark';
import { RuleFacts } from '../shared/RuleFacts';
import { TRIAL_WORDS, TrialMark } from '../shared/TrialMark';
import { useLinks } from '../shared/useLinks';
import styles from './entity.module.css';

/** One rule: what it says, where, why it matters and how to mend it. */
export const RuleVerdict = (props: {
  judged: JudgedRule;
  folder?: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Asks for an exemption; without it nobody may. */
  onAsk?: () => void;
  /** Ends its exemption; without it nobody may. */
  onEnd?: () => void;
  /** The pull request that mends it, or how to have one. */
  offer: ReactNode;
}) => {
  const { judged, folder, isOpen, onOpenChange, onAsk, onEnd, offer } = props;
  const { rule, verdict } = judged;
  const { outcome, findings, reason, exemptUntil } = verdict;
  const links = useLinks();
  const ruleLink = links.rule(rule.id);
  return (
    <div id={rule.id} className={styles.rule}>
      <Accordion isExpanded={isOpen} onExpandedChange={onOpenChange}>
        <AccordionTrigger level={3}>
          <span className={styles.head}>
            <span className={styles.title}>{rule.title}</span>
            <TrialMark rule={rule} />
            <OutcomeMark outcome={outcome} />
          </span>
        </AccordionTrigger>
        <AccordionPanel>
          <div className={styles.body}>
            {isOnTrial(rule) && <p>{TRIAL_WORDS}</p>}
            {exemptUntil && (
              <p>
                Exempt up to and including {dayWords(exemptUntil)}
                {reason && `: ${reason}`}
              </p>
            )}
            {!exemptUntil && reason && <p>{reason}</p>}
            {findings.length > 0 && (
              <Findings findings={findings} folder={folder} />
            )}
            <div>
              <h4>Why</h4>
              <p>{rule.why}</p>
            </div>
            {outcome !== 'pass' && outcome !== 'not-applicable' && (
              <div>
                <h4>How to fix it</h4>
                <p>{rule.fix}</p>
              </div>
            )}
            {offer}
            <RuleFacts rule={rule} />
            {ruleLink && (
              <Text as="p">
                <Link href={ruleLink}>About this rule</Link>
              </Text>
            )}
            {outcome === 'fail' && onAsk && (
              <div>
                <Button variant="secondary" onPress={onAsk}>
                  Ask for an exemption
                </Button>
              </div>
            )}
            {outcome === 'exempt' && onEnd && (
              <div>
                <Button variant="secondary" onPress={onEnd}>
                  End the exemption
                </Button>
              </div>
            )}
          </div>
        </AccordionPanel>
      </Accordion>
    </div>
  );
};
