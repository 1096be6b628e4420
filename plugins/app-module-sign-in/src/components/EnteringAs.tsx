import { useCallback, useEffect, useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { Persona } from '../options';
import { personaIdentity } from '../personaMemory';
import { explainSignInError, SignInProblem } from '../signInProblem';
import { Frame } from './Frame';

/** Milliseconds between two attempts. */
const RETRY_AFTER = 1000;
/** A start that takes longer than this many attempts needs a person. */
const ATTEMPTS = 60;

const PERSONA_HEADER = 'x-waymark-persona';

function Report(props: { error?: Error; onReport: (error: Error) => void }) {
  const { error, onReport } = props;
  useEffect(() => {
    if (error) onReport(error);
  }, [error, onReport]);
  return null;
}

/**
 * Enters as the persona. A portal that is still starting, or a catalog that
 * does not know the person yet, is asked again until it answers.
 */
export const EnteringAs = (props: {
  persona: Persona;
  onSignInSuccess: SignInPageProps['onSignInSuccess'];
  onBack: () => void;
}) => {
  const { persona, onSignInSuccess, onBack } = props;
  const [attempt, setAttempt] = useState(1);
  const [failure, setFailure] = useState<
    { attempt: number; problem: SignInProblem } | undefined
  >();

  const onReport = useCallback(
    (error: Error) =>
      setFailure({ attempt, problem: explainSignInError(error) }),
    [attempt],
  );
  const ErrorComponent = useCallback(
    ({ error }: { error?: Error }) => (
      <Report error={error} onReport={onReport} />
    ),
    [onReport],
  );

  const problem = failure?.problem;
  const waits = problem?.transient === true && attempt < ATTEMPTS;
  const failedNow = failure?.attempt === attempt;
  useEffect(() => {
    if (!waits || !failedNow) return undefined;
    const timer = setTimeout(() => setAttempt(n => n + 1), RETRY_AFTER);
    return () => clearTimeout(timer);
  }, [waits, failedNow]);

  return (
    <Frame>
      <Flex direction="column" gap="4" align="start">
        <Text as="h1" variant="title-medium" weight="bold">
          Entering as {persona.title}
        </Text>
        {problem && (
          <Alert
            status={waits ? 'info' : 'danger'}
            icon
            isPending={waits}
            title={problem.message}
            description={waits ? undefined : problem.detail}
          />
        )}
        <Flex gap="2">
          {problem && !waits && failedNow && (
            <Button onPress={() => setAttempt(n => n + 1)}>Try again</Button>
          )}
          <Button variant="secondary" onPress={onBack}>
            Choose someone else
          </Button>
        </Flex>
      </Flex>
      <ProxiedSignInPage
        key={attempt}
        provider="persona"
        headers={{ [PERSONA_HEADER]: persona.entityRef }}
        onSignInSuccess={identity =>
          onSignInSuccess(personaIdentity(identity, persona))
        }
        ErrorComponent={ErrorComponent}
      />
    </Frame>
  );
};
