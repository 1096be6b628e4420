import { Select, TextField } from '@backstage/ui';
import {
  AdoptionAnswerField,
  AdoptionCandidate,
} from '@waymark/backstage-plugin-golden-paths-common';
import styles from './adopt.module.css';
import { Said } from './answers';

const YES_OR_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** `It stands in chart/values.yaml.` */
function sentence({ from }: AdoptionAnswerField): string {
  return `${from.charAt(0).toLocaleUpperCase('en')}${from.slice(1)}.`;
}

/** The answers that were found, to be put right. */
export const AnswerFields = (props: {
  candidate: AdoptionCandidate;
  said: Said;
  onChange: (said: Said) => void;
}) => {
  const { candidate, said, onChange } = props;
  return (
    <section>
      <h3 className={styles.heading}>Answers</h3>
      <div className={styles.fields}>
        {candidate.answers.map(answer => {
          const { name, title, type, options, required } = answer;
          const shared = {
            label: title,
            description: sentence(answer),
            isRequired: required,
          };
          const choices = type === 'boolean' ? YES_OR_NO : options;
          return choices ? (
            <Select
              key={name}
              {...shared}
              options={choices.map(({ value, label }) => ({
                id: String(value),
                label,
              }))}
              value={said[name] || null}
              onChange={value => onChange({ ...said, [name]: String(value) })}
            />
          ) : (
            <TextField
              key={name}
              {...shared}
              value={said[name] ?? ''}
              onChange={value => onChange({ ...said, [name]: value })}
              maxLength={1000}
            />
          );
        })}
      </div>
    </section>
  );
};
