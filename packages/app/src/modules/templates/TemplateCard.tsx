import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import {
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

/** A golden path on the Create page. */
export const TemplateCard = (props: TemplateCardComponentProps) => {
  const { template, onSelected } = props;
  const { name, title = name, description, tags = [] } = template.metadata;
  const owners = getEntityRelations(template, RELATION_OWNED_BY);
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="title-x-small" weight="bold">
          {title}
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="3">
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
