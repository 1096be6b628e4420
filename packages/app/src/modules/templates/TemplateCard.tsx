import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
  EntityRefLink,
  EntityRefLinks,
  getEntityRelations,
} from '@backstage/plugin-catalog-react';
import { TemplateCardComponentProps } from '@backstage/plugin-scaffolder-react/alpha';
import {
  Badge,
  Button,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  ANNOTATION_LIFECYCLE,
  ANNOTATION_SUCCESSOR,
  ANNOTATION_SUNSET,
  phaseOf,
} from '@waymark/backstage-plugin-golden-paths-common';
import { dayWords } from '@waymark/backstage-plugin-insights-react';

type Props = TemplateCardComponentProps;

/** Said of a template that is not to be used much longer. */
const Deprecation = ({ template }: Pick<Props, 'template'>) => {
  const { annotations = {} } = template.metadata;
  const sunset = annotations[ANNOTATION_SUNSET];
  const successor = annotations[ANNOTATION_SUCCESSOR];
  return (
    <Text as="p" color="warning">
      <b>Deprecated</b>
      {sunset && `, to be used until ${dayWords(sunset)}`}
      {successor && (
        <>
          {'. Use '}
          <EntityRefLink entityRef={successor} defaultKind="template" />
          {' instead'}
        </>
      )}
      .
    </Text>
  );
};

/** A golden path on the Create page; after its sunset it is there no longer. */
export const TemplateCard = (props: Props) => {
  const { template, onSelected } = props;
  const { annotations = {} } = template.metadata;
  const isDeprecated = annotations[ANNOTATION_LIFECYCLE] === 'deprecated';
  const sunset = annotations[ANNOTATION_SUNSET];
  const phase = phaseOf(
    { lifecycle: isDeprecated ? 'deprecated' : 'active', sunset },
    Date.now(),
  );
  const { name, title = name, description, tags = [] } = template.metadata;
  const owners = getEntityRelations(template, RELATION_OWNED_BY);
  if (phase === 'sunset') return null;
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="title-x-small" weight="bold">
          {title}
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="3">
          {phase === 'deprecated' && <Deprecation template={template} />}
          <Text as="p">{description ?? 'No description'}</Text>
          <Flex gap="2" style={{ flexWrap: 'wrap' }}>
            {tags.map(tag => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </Flex>
        </Flex>
      </CardBody>
      <CardFooter>
        <Flex justify="between" align="center" gap="3">
          <EntityRefLinks entityRefs={owners} defaultKind="Group" />
          <Button
            size="medium"
            aria-label={`Choose ${title}`}
            onPress={() => onSelected?.()}
          >
            Choose
          </Button>
        </Flex>
      </CardFooter>
    </Card>
  );
};
