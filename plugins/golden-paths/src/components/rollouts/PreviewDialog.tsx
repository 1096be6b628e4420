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
import { previewRolled } from './previewRolled';
import { RolloutAnswers } from './RolloutAnswers';
import { RolloutQuestions } from './RolloutQuestions';
import { UpgradePreviewBody } from '../upgrade/UpgradePreviewBody';

/** What the rollout would change in one service. */
export const PreviewDialog = (props: {
  entityRef: string;
  onClose: () => void;
  onPreview: (preview: UpgradePreview) => void;
  answers: RolloutAnswers;
}) => {
  const { answers, entityRef, onClose, onPreview } = props;
  const { inputs } = answers;
  const api = useApi(goldenPathsApiRef);
  const state = useAsyncRetry(async () => {
    const preview = await previewRolled(api, entityRef, inputs);
    onPreview(preview);
    return preview;
    // What is told is no reason to look again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, entityRef, inputs]);
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
            <RolloutQuestions preview={preview} answers={answers} />
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
