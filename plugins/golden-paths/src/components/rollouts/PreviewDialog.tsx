import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { UpgradePreview } from '@waymark/backstage-plugin-golden-paths-common';
import {
  LoadingState,
  PullRequestRefused,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { UpgradePreviewBody } from '../upgrade/UpgradePreviewBody';

/** What the rollout would change in one service. */
export const PreviewDialog = (props: {
  entityRef: string;
  onClose: () => void;
  onPreview: (preview: UpgradePreview) => void;
}) => {
  const { entityRef, onClose, onPreview } = props;
  const api = useApi(goldenPathsApiRef);
  const state = useAsyncRetry(async () => {
    const preview = await api.previewUpgrade({ entityRef });
    onPreview(preview);
    return preview;
    // What is told is no reason to look again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, entityRef]);
  const { loading, value: preview, error } = state;
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={860}>
      <DialogHeader>{preview?.title || 'What would change'}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {loading && <LoadingState what="the change" lines={5} />}
          {error && !loading && (
            <PullRequestRefused
              error={error}
              during="preview"
              onRetry={state.retry}
            />
          )}
          {preview?.result === 'up-to-date' && (
            <Text as="p">{`Nothing: ${preview.from} is the newest.`}</Text>
          )}
          {preview?.result === 'missing' && (
            <Text as="p">
              {`Version ${
                preview.to
              } asks what only its owners know: ${preview.missing
                .map(({ title }) => title)
                .join(
                  ', ',
                )}. The rollout passes it by; its owners answer on its page.`}
            </Text>
          )}
          {preview?.result === 'upgrade' && (
            <UpgradePreviewBody preview={preview} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
};
