import { ReactNode, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { OpenedAdoption } from '@waymark/backstage-plugin-golden-paths-common';
import {
  LoadingState,
  PullRequestOpened,
  PullRequestRefused,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { AdoptChoice } from './AdoptChoice';
import { NoCandidate } from './Candidates';

/** Shows what a component looks like, and opens the pull request that says so. */
export const AdoptDialog = (props: {
  entityRef: string;
  onClose: () => void;
  /** It is open; the dialog stays, to lead there. */
  onOpened: () => void;
}) => {
  const { entityRef, onClose, onOpened } = props;
  const api = useApi(goldenPathsApiRef);
  const [opened, setOpened] = useState<OpenedAdoption>();
  const { loading, value, error, retry } = useAsyncRetry(
    () => api.previewAdoption({ entityRef }),
    [api, entityRef],
  );
  const frame = (children: ReactNode) => (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={860}>
      <DialogHeader>Adopt a golden path</DialogHeader>
      {children}
    </Dialog>
  );
  if (opened) {
    return frame(
      <PullRequestOpened url={opened.pullRequestUrl} onClose={onClose} />,
    );
  }
  const suggested = value?.candidates.find(
    ({ templateRef }) => templateRef === value.suggested,
  );
  if (value && suggested && !loading) {
    return frame(
      <AdoptChoice
        preview={value}
        suggested={suggested}
        onClose={onClose}
        onOpened={adoption => {
          setOpened(adoption);
          onOpened();
        }}
      />,
    );
  }
  return frame(
    <>
      <DialogBody>
        {loading && (
          <>
            <Text as="p" color="secondary">
              Comparing it with each golden path. This takes a few seconds.
            </Text>
            <LoadingState what="what it looks like" lines={6} />
          </>
        )}
        {error && !loading && (
          <PullRequestRefused error={error} during="preview" onRetry={retry} />
        )}
        {value && !loading && <NoCandidate candidates={value.candidates} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>,
  );
};
