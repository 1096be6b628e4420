import { ReactNode, useEffect, useRef, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  ButtonLink,
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
import { LoadingState } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { fixProblem } from '../../data/fixProblem';
import { FixInputs } from './FixInputs';
import { FixPreviewBody } from './FixPreviewBody';
import { pullRequestName } from './PullRequestLink';
import styles from './fixes.module.css';

type Inputs = Record<string, string>;

const suggested = ({ inputs = [] }: FixPreview): Inputs =>
  Object.fromEntries(inputs.map(({ name, value = '' }) => [name, value]));

const Problem = (props: {
  error: Error;
  during: 'preview' | 'create';
  onRetry: () => void;
}) => {
  const { error, during, onRetry } = props;
  const { title, description, mayHelpToRetry } = fixProblem(error, during);
  const place = useRef<HTMLDivElement>(null);
  // Whoever reads the last line of the change would not see it come.
  useEffect(() => place.current?.scrollIntoView?.(), [error]);
  return (
    <div role="alert" ref={place}>
      <Alert
        status="danger"
        icon
        title={title}
        description={description}
        customActions={
          mayHelpToRetry && (
            <Button variant="secondary" onPress={onRetry}>
              Try again
            </Button>
          )
        }
      />
    </div>
  );
};

/** It is open: leads there, and takes the focus of the button that opened it. */
const Opened = ({ fix, onClose }: { fix: OpenedFix; onClose: () => void }) => {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return (
    <>
      <DialogBody>
        <div role="status">
          <Alert
            status="success"
            icon
            title={`${pullRequestName(fix.pullRequestUrl)} is open`}
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
          href={fix.pullRequestUrl}
          target="_blank"
          rel="noopener noreferrer"
        >
          Look at the pull request
        </ButtonLink>
      </DialogFooter>
    </>
  );
};

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
  if (opened) return frame(<Opened fix={opened} onClose={onClose} />);
  return frame(
    <>
      <DialogBody className={styles.dialog}>
        <Flex direction="column" gap="4">
          {loading && !preview && <LoadingState what="the change" lines={5} />}
          {error && !loading && (
            <Problem error={error} during="preview" onRetry={shown.retry} />
          )}
          {refusal && (
            <Problem error={refusal} during="create" onRetry={create} />
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
