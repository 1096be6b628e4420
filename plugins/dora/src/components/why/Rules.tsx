import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Alert, Text } from '@backstage/ui';
import { ExplainAnswer } from '@waymark/backstage-plugin-dora-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { sourceWords } from './words';
import styles from './why.module.css';

type Source = ExplainAnswer['rules'][number]['from'];

const NamedSource = (props: { from: Source; of: string }) => {
  const { primaryTitle } = useEntityPresentation(props.of);
  return <>{sourceWords(props.from, primaryTitle)}</>;
};

const placeWords = ({ repository, path, services }: Place) =>
  [
    repository
      ? `Events of ${repository}${path ? `, in the folder ${path}` : ''}`
      : 'Events that name the component: its repository is not known',
    services.length > 0 && `incidents of ${services.join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
type Place = ExplainAnswer['component'];

/** What is asked of each event, what is answered, and who answers. */
export const Rules = (props: { answer: ExplainAnswer }) => {
  const { component, rules, problems } = props.answer;
  return (
    <SectionCard title="What counts here">
      <div className={styles.rules}>
        {problems.length > 0 && (
          <Alert
            status="warning"
            icon
            title="Something said here does not hold"
            description={problems.join('. ')}
          />
        )}
        <Text as="p">{placeWords(component)}.</Text>
        <dl className={styles.answers}>
          {rules.map(({ question, answer, from }) => (
            <div key={question}>
              <dt>{question}</dt>
              <dd>
                {answer}
                <Text as="p" variant="body-small" color="secondary">
                  {from.of ? (
                    <NamedSource from={from} of={from.of} />
                  ) : (
                    sourceWords(from)
                  )}
                </Text>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </SectionCard>
  );
};
