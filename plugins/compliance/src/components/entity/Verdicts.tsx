import { ReactNode } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { byTrack, JudgedRule } from '../../data/verdicts';
import { count, TRACK_WORDS } from '../../words';
import { RuleVerdict } from './RuleVerdict';
import styles from './entity.module.css';

/** Every rule by track, what needs work first, what does not apply folded away. */
export const Verdicts = (props: {
  judged: readonly JudgedRule[];
  folder?: string;
  open: ReadonlySet<string>;
  onOpenChange: (ruleId: string, isOpen: boolean) => void;
  onAsk?: (judged: JudgedRule) => void;
  /** How its exemption is ended; nothing where nobody may. */
  onEnd: (judged: JudgedRule) => (() => void) | undefined;
  /** The pull request that mends it, or how to have one. */
  offer: (judged: JudgedRule) => ReactNode;
}) => {
  const { judged, folder, open, onOpenChange, onAsk, onEnd, offer } = props;
  return (
    <>
      {byTrack(judged).map(({ track, rules }) => {
        const asked = rules.filter(
          ({ verdict }) => verdict.outcome !== 'not-applicable',
        );
        const idle = rules.filter(one => !asked.includes(one));
        const item = (one: JudgedRule) => (
          <RuleVerdict
            key={one.rule.id}
            judged={one}
            folder={folder}
            isOpen={open.has(one.rule.id)}
            onOpenChange={isOpen => onOpenChange(one.rule.id, isOpen)}
            onAsk={onAsk && (() => onAsk(one))}
            onEnd={onEnd(one)}
            offer={offer(one)}
          />
        );
        return (
          <SectionCard key={track} title={TRACK_WORDS[track]}>
            <div className={styles.rules}>
              {asked.map(item)}
              {asked.length === 0 && (
                <Text color="secondary">
                  No rule of this track applies to this component.
                </Text>
              )}
              {idle.length > 0 && (
                <Accordion>
                  <AccordionTrigger level={3}>
                    {count(
                      idle.length,
                      'rule does not apply',
                      'rules do not apply',
                    )}
                  </AccordionTrigger>
                  <AccordionPanel>
                    <div className={styles.rules}>{idle.map(item)}</div>
                  </AccordionPanel>
                </Accordion>
              )}
            </div>
          </SectionCard>
        );
      })}
    </>
  );
};
