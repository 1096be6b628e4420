import { useState } from 'react';
import { Button, Select, Text, TextField } from '@backstage/ui';
import {
  NewInputs,
  UpgradePreview,
} from '@waymark/backstage-plugin-golden-paths-common';
import shared from '../shared/shared.module.css';

const YES_OR_NO = [
  { id: 'true', label: 'Yes' },
  { id: 'false', label: 'No' },
];

/** An answer as the form would give it. */
function answerOf(type: string | undefined, said: string) {
  if (type === 'boolean') return said === 'true';
  return type === 'integer' || type === 'number' ? Number(said) : said;
}

/** What only the new version asks. */
export const Questions = (props: {
  questions: UpgradePreview['missing'];
  to: string;
  /** What becomes of the answers, where that needs to be said. */
  note?: string;
  onAnswer: (inputs: NewInputs) => void;
}) => {
  const { questions, to, note, onAnswer } = props;
  const [said, setSaid] = useState<Record<string, string>>({});
  const isAnswered = questions.every(({ name }) => said[name]);
  return (
    <form
      className={shared.column}
      onSubmit={event => {
        event.preventDefault();
        onAnswer(
          Object.fromEntries(
            questions.map(({ name, type }) => [
              name,
              answerOf(type, said[name]),
            ]),
          ),
        );
      }}
    >
      <Text as="p">
        {`Version ${to} asks what was not asked before. Answer, and see what would change.`}
      </Text>
      {note && (
        <Text as="p" color="secondary">
          {note}
        </Text>
      )}
      {questions.map(({ name, title, type }) =>
        type === 'boolean' ? (
          <Select
            key={name}
            label={title}
            options={YES_OR_NO}
            value={said[name] ?? null}
            onChange={value => setSaid({ ...said, [name]: String(value) })}
          />
        ) : (
          <TextField
            key={name}
            label={title}
            value={said[name] ?? ''}
            onChange={value => setSaid({ ...said, [name]: value })}
            maxLength={300}
          />
        ),
      )}
      <div>
        <Button type="submit" variant="primary" isDisabled={!isAnswered}>
          Show the change
        </Button>
      </div>
    </form>
  );
};
