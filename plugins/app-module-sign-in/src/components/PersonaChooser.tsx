import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Avatar, Card, CardBody, Flex, Text } from '@backstage/ui';
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
            <Card
              className={styles.persona}
              label={`Enter as ${persona.title}`}
              onPress={() => props.onChoose(persona)}
            >
              <CardBody>
                <Flex align="center" gap="3">
                  <Avatar
                    src=""
                    name={persona.title}
                    size="large"
                    purpose="decoration"
                  />
                  <Flex direction="column" gap="1">
                    <Text as="h2" variant="body-large" weight="bold">
                      Enter as {persona.title}
                    </Text>
                    <Text as="p" color="secondary">
                      {persona.description}
                    </Text>
                  </Flex>
                </Flex>
              </CardBody>
            </Card>
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
