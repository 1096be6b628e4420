import { useEffect, useRef } from 'react';
import {
  Alert,
  Button,
  ButtonLink,
  DialogBody,
  DialogFooter,
} from '@backstage/ui';
import { pullRequestName } from './PullRequestLink';

/** What {@link PullRequestOpened} shows. */
export interface PullRequestOpenedProps {
  url: string;
  onClose: () => void;
}

/** It is open: leads there, and takes the focus of the button that opened it. */
export const PullRequestOpened = ({ url, onClose }: PullRequestOpenedProps) => {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return (
    <>
      <DialogBody>
        <div role="status">
          <Alert
            status="success"
            icon
            title={`${pullRequestName(url)} is open`}
            description="Review and merge it as any other. This page updates by itself when it is merged."
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
        <ButtonLink
          ref={link}
          variant="primary"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
        >
          Look at the pull request
        </ButtonLink>
      </DialogFooter>
    </>
  );
};
