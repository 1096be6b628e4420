import { Radio, RadioGroup, Text } from '@backstage/ui';
import {
  ADOPTION_FLOOR,
  AdoptionCandidate,
  confidenceWords,
} from '@waymark/backstage-plugin-golden-paths-common';
import styles from './adopt.module.css';

const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;

/** Those that it may well be, of all that it was compared with. */
export function nearOf(candidates: readonly AdoptionCandidate[]) {
  return candidates.filter(({ confidence }) => confidence >= ADOPTION_FLOOR);
}

/** What it looks like, and how sure that is. */
export const Candidates = (props: {
  candidates: readonly AdoptionCandidate[];
  chosen: AdoptionCandidate;
  onChoose: (candidate: AdoptionCandidate) => void;
}) => {
  const { candidates, chosen, onChoose } = props;
  const near = nearOf(candidates);
  return (
    <>
      {near.length > 1 && (
        <RadioGroup
          label="It looks like more than one golden path"
          value={chosen.templateRef}
          onChange={ref =>
            onChoose(near.find(one => one.templateRef === ref) ?? chosen)
          }
        >
          {near.map(({ templateRef, title, confidence }) => (
            <Radio key={templateRef} value={templateRef}>
              {`${title}, ${percent(confidence)}`}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <section>
        <Text as="p">
          <b>
            {`It is ${confidenceWords(chosen.confidence)} ${chosen.title} ${
              chosen.version
            }`}
          </b>
          {`: ${percent(
            chosen.confidence,
          )} of what that golden path writes is here.`}
        </Text>
        <ul className={styles.evidence}>
          {chosen.evidence.map(words => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </section>
    </>
  );
};

/** That it looks like none, which is no fault. */
export const NoCandidate = ({
  candidates,
}: {
  candidates: readonly AdoptionCandidate[];
}) => (
  <>
    <Text as="p" weight="bold">
      It looks like no golden path.
    </Text>
    <Text as="p" color="secondary">
      {candidates.length > 0 &&
        `It was compared with ${candidates
          .map(({ title, confidence }) => `${title} (${percent(confidence)})`)
          .join(', ')}. `}
      A service that goes its own way is welcome as it is: there is nothing to
      do.
    </Text>
  </>
);
