import { ReactNode, useState } from 'react';
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
import {
  NewInputs,
  OpenedUpgrade,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  LoadingState,
  PullRequestOpened,
  PullRequestRefused,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { Questions } from './Questions';
import { UpgradePreviewBody } from './UpgradePreviewBody';

/** Shows what an upgrade would change, and opens the pull request. */
export const UpgradeDialog = (props: {
  entityRef: string;
  onClose: () => void;
  /** It is open; the dialog stays, to lead there. */
  onOpened: (upgrade: OpenedUpgrade) => void;
}) => {
  const { entityRef, onClose, onOpened } = props;
  const api = useApi(goldenPathsApiRef);
  /** What the change that is shown was made with. */
  const [inputs, setInputs] = useState<NewInputs>({});
  const [isCreating, setCreating] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const [opened, setOpened] = useState<OpenedUpgrade>();
  const shown = useAsyncRetry(
    () => api.previewUpgrade({ entityRef, inputs }),
    [api, entityRef, inputs],
  );
  const { loading, value: preview, error } = shown;

  const create = async () => {
    setCreating(true);
    setRefusal(undefined);
    try {
      const upgrade = await api.createUpgrade({ entityRef, inputs });
      setOpened(upgrade);
      onOpened(upgrade);
    } catch (failure) {
      setRefusal(failure as Error);
    }
    setCreating(false);
  };

  const frame = (children: ReactNode) => (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={860}>
      <DialogHeader>
        {preview?.title || 'Upgrade to the newest version'}
      </DialogHeader>
      {children}
    </Dialog>
  );
  if (opened) {
    return frame(
      <PullRequestOpened url={opened.pullRequestUrl} onClose={onClose} />,
    );
  }
  const isReady = !loading && !error && preview?.result === 'upgrade';
  return frame(
    <>
      <DialogBody>
        <Flex direction="column" gap="4">
          {loading && <LoadingState what="the change" lines={5} />}
          {error && !loading && (
            <PullRequestRefused
              error={error}
              during="preview"
              onRetry={shown.retry}
            />
          )}
          {refusal && (
            <PullRequestRefused
              error={refusal}
              during="create"
              onRetry={create}
            />
          )}
          {!loading && preview?.result === 'up-to-date' && (
            <Text as="p">
              {`Nothing to do: ${preview.from} is the newest version.`}
            </Text>
          )}
          {preview?.result === 'missing' && (
            <Questions
              questions={preview.missing}
              to={preview.to}
              onAnswer={setInputs}
            />
          )}
          {isReady && <UpgradePreviewBody preview={preview} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {isReady ? 'Cancel' : 'Close'}
        </Button>
        {isReady && (
          <Button variant="primary" onPress={create} isPending={isCreating}>
            {preview.pullRequestUrl
              ? 'Update pull request'
              : 'Create pull request'}
          </Button>
        )}
      </DialogFooter>
    </>,
  );
};
