import { Text } from '@backstage/ui';
import {
  ComponentReport,
  Score,
  SEVERITIES,
  WEIGHTS,
} from '@waymark/backstage-plugin-compliance-common';
import {
  SectionCard,
  ShareBar,
} from '@waymark/backstage-plugin-insights-react';
import { SEVERITY_WORDS, TRACK_WORDS } from '../../words';
import { LevelBadge } from '../shared/Level';
import { outcomeShares } from '../shared/outcomeShares';
import shared from '../shared/shared.module.css';
import styles from './entity.module.css';

const points = ({ passedWeight, countedWeight }: Score) =>
  `${passedWeight} of ${countedWeight}`;

const scoreWords = ({ score }: Score) =>
  score === undefined ? 'No data' : String(score);

const weights = SEVERITIES.map(
  severity => `${SEVERITY_WORDS[severity].toLowerCase()} ${WEIGHTS[severity]}`,
).join(', ');

/** The score, what it is the sum of, and the level of each track. */
export const ScoreSection = ({ report }: { report: ComponentReport }) => {
  const { total, tracks } = report;
  return (
    <SectionCard title="Score">
      <div className={styles.score}>
        <p className={styles.total}>
          {total.score === undefined ? (
            <Text>No rule that counts has an answer yet.</Text>
          ) : (
            <>
              <span className={shared.big}>{total.score}</span>
              <Text color="secondary">of 100</Text>
              <Text>
                {total.passedWeight} of {total.countedWeight} points
              </Text>
            </>
          )}
        </p>
        <ShareBar title="Rules" shares={outcomeShares(total)} />
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">Track</th>
              <th scope="col">Level</th>
              <th scope="col" className={shared.number}>
                Points
              </th>
              <th scope="col" className={shared.number}>
                Score
              </th>
            </tr>
          </thead>
          <tbody>
            {tracks.map(track => (
              <tr key={track.track}>
                <th scope="row">{TRACK_WORDS[track.track]}</th>
                <td>
                  <LevelBadge level={track.level} />
                </td>
                <td className={shared.number}>{points(track)}</td>
                <td className={shared.number}>{scoreWords(track)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Together</th>
              <td />
              <td className={shared.number}>{points(total)}</td>
              <td className={shared.number}>{scoreWords(total)}</td>
            </tr>
          </tfoot>
        </table>
        <Text as="p" variant="body-small" color="secondary">
          {`Points by severity: ${weights}. The score is the points of the rules that pass, out of those that pass or fail, in percent and rounded down. Rules that are unknown, exempt, on trial or do not apply do not count. A level is reached when its rules and those of the levels below all pass.`}
        </Text>
      </div>
    </SectionCard>
  );
};
