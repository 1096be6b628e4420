import { ReactNode, useEffect, useState } from 'react';
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
  FixPreview,
  OpenedFix,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import {
  LoadingState,
  PullRequestOpened,
  PullRequestRefused,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { FixInputs } from './FixInputs';
import { FixPreviewBody } from './FixPreviewBody';
import styles from './fixes.module.css';

type Inputs = Record<string, string>;

const suggested = ({ inputs = [] }: FixPreview): Inputs =>
  Object.fromEntries(inputs.map(({ name, value = '' }) => [name, value]));

/** Shows what a pull request would change, and opens it. */
export const FixDialog = (props: {
  entityRef: string;
  rule: Rule;
  onClose: () => void;
  /** It is open; the dialog stays, to lead there. */
  onOpened: (fix: OpenedFix) => void;
}) => {
  const { entityRef, rule, onClose, onOpened } = props;
  const api = useApi(complianceApiRef);
  /** What the change that is shown was made with; nothing for suggestions. */
  const [asked, setAsked] = useState<Inputs>();
  const [typed, setTyped] = useState<Inputs>({});
  const [preview, setPreview] = useState<FixPreview>();
  const [isCreating, setCreating] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const [opened, setOpened] = useState<OpenedFix>();

  const request = {
    entityRef,
    rule: rule.id,
    ...(asked && { inputs: asked }),
  };
  const shown = useAsyncRetry(
    () => api.previewFix(request),
    [api, entityRef, rule.id, asked],
  );
  const { loading, value, error } = shown;
  // It outlives a preview that is refused: there is something to correct in it.
  useEffect(() => {
    if (!value) return;
    setPreview(value);
    setTyped(suggested(value));
  }, [value]);

  const before = preview && suggested(preview);
  const isChanged = Object.keys(typed).some(
    name => typed[name] !== before?.[name],
  );
  const isStale = isChanged || (error !== undefined && preview !== undefined);

  const showAgain = () => {
    setRefusal(undefined);
    setAsked(
      Object.fromEntries(Object.entries(typed).filter(([, said]) => said)),
    );
  };
  const create = async () => {
    setCreating(true);
    setRefusal(undefined);
    try {
      const fix = await api.createFix(request);
      setOpened(fix);
      onOpened(fix);
    } catch (failure) {
      setRefusal(failure as Error);
    }
    setCreating(false);
  };

  const frame = (children: ReactNode) => (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={860}>
      <DialogHeader>{`Pull request: ${rule.title}`}</DialogHeader>
      {children}
    </Dialog>
  );
  if (opened)
    return frame(
      <PullRequestOpened url={opened.pullRequestUrl} onClose={onClose} />,
    );
  return frame(
    <>
      <DialogBody className={styles.dialog}>
        <Flex direction="column" gap="4">
          {loading && !preview && <LoadingState what="the change" lines={5} />}
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
          {((error && !preview && !loading) || refusal) && (
            <div>
              <h3 className={styles.heading}>How to fix it by hand</h3>
              <Text as="p">{rule.fix}</Text>
            </div>
          )}
          {preview?.inputs && preview.inputs.length > 0 && (
            <FixInputs
              inputs={preview.inputs}
              values={typed}
              onChange={(name, said) => setTyped({ ...typed, [name]: said })}
            />
          )}
          {preview && !isStale && <FixPreviewBody preview={preview} />}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {preview ? 'Cancel' : 'Close'}
        </Button>
        {preview && (
          <Button
            variant="primary"
            onPress={isStale ? showAgain : create}
            isPending={isCreating || loading}
          >
            {(isStale && 'Show the change again') ||
              (preview.pullRequestUrl
                ? 'Update pull request'
                : 'Create pull request')}
          </Button>
        )}
      </DialogFooter>
    </>,
  );
};
