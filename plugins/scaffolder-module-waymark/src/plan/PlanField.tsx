import { useEffect } from 'react';
import { z } from 'zod';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Box, Flex, Text } from '@backstage/ui';
import { PreviewButton } from '../preview/PreviewButton';
import { usePlan } from './usePlan';
import styles from './PlanField.module.css';

const formContextSchema = z.object({
  formData: z.record(z.string(), z.unknown()),
});

const NOTHING: Record<string, unknown> = {};

/**
 * Says while one fills in the form what will be made. The lines are also the
 * field's value, which is how the review step, that shows values only, comes
 * to say them.
 */
export const PlanField = (props: FieldExtensionComponentProps<string[]>) => {
  const { formData = [], onChange, registry, schema } = props;
  const context = formContextSchema.safeParse(registry.formContext);
  const values = context.success ? context.data.formData : NOTHING;
  const lines = usePlan(values);

  const changed = lines.join('\n') !== formData.join('\n');
  useEffect(() => {
    if (changed) onChange(lines);
  }, [changed, lines, onChange]);

  return (
    <Box bg="neutral" p="4">
      <Flex direction="column" align="start" gap="3">
        <Flex
          direction="column"
          gap="2"
          role="status"
          aria-label={schema.title}
        >
          <Text as="h3" variant="body-medium" weight="bold">
            {schema.title}
          </Text>
          {lines.length > 0 ? (
            <ul className={styles.list}>
              {lines.map(line => (
                <li key={line}>
                  <Text>{line}</Text>
                </li>
              ))}
            </ul>
          ) : (
            <Text color="secondary">Give it a name to see it.</Text>
          )}
        </Flex>
        <PreviewButton values={values} />
      </Flex>
    </Box>
  );
};
