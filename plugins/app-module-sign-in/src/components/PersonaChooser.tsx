import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Avatar, Flex, Text } from '@backstage/ui';
import { Persona } from '../options';
import { Frame } from './Frame';
import styles from './SignInPage.module.css';

/** Offers the personas; the catalog knows each of them as a user. */
export const PersonaChooser = (props: {
  personas: Persona[];
  onChoose: (persona: Persona) => void;
}) => {
  const organisation =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <Frame>
      <Flex direction="column" gap="2" mb="6">
        <Text as="h1" variant="title-medium" weight="bold">
          Who do you want to be?
        </Text>
        <Text as="p" variant="body-large" color="secondary">
          {organisation
            ? `These people work at ${organisation}. Each sees their own services and teams.`
            : 'Each of them sees their own services and teams.'}
        </Text>
      </Flex>
      <ul className={styles.personas}>
        {props.personas.map(persona => (
          <li key={persona.entityRef}>
            <button
              type="button"
              className={styles.persona}
              onClick={() => props.onChoose(persona)}
            >
              <Avatar
                src=""
                name={persona.title}
                size="large"
                purpose="decoration"
              />
              <span className={styles.personaText}>
                <Text variant="body-large" weight="bold">
                  Enter as {persona.title}
                </Text>
                <Text color="secondary">{persona.description}</Text>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Alert
        className={styles.note}
        status="info"
        icon
        title="Laptop mode: no password is asked"
        description="Only this machine can reach the portal. A portal on a server asks for a real account."
      />
    </Frame>
  );
};
