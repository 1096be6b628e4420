import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Button } from '@backstage/ui';
import { RiFolderOpenLine } from '@remixicon/react';
import { PreviewDialog } from './PreviewDialog';

/**
 * Opens the files that the template of this page would make of these values.
 * Nothing where the page is not one template's form, or for who may not see it.
 */
export const PreviewButton = ({
  values,
}: {
  values: Record<string, unknown>;
}) => {
  const { namespace, templateName } = useParams();
  const mayCreate = usePermission({ permission: taskCreatePermission });
  const [isOpen, setOpen] = useState(false);

  if (!namespace || !templateName) return null;
  if (!mayCreate.allowed) return null;
  return (
    <>
      <Button
        variant="secondary"
        iconStart={<RiFolderOpenLine />}
        onPress={() => setOpen(true)}
      >
        Preview files
      </Button>
      <PreviewDialog
        templateRef={stringifyEntityRef({
          kind: 'Template',
          namespace,
          name: templateName,
        })}
        values={values}
        isOpen={isOpen}
        onOpenChange={setOpen}
      />
    </>
  );
};
