import { useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, DialogBody, DialogFooter, Flex } from '@backstage/ui';
import {
  AdoptionCandidate,
  AdoptionPreview,
  OpenedAdoption,
} from '@waymark/backstage-plugin-golden-paths-common';
import { PullRequestRefused } from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { AnswerFields } from './AnswerFields';
import { inputsOf, isAnswered, Said, saidOf } from './answers';
import { Candidates } from './Candidates';
import { WrittenFiles } from './WrittenFiles';

/** What it looks like, with answers to put right, and what would be written. */
export const AdoptChoice = (props: {
  preview: AdoptionPreview;
  suggested: AdoptionCandidate;
  onClose: () => void;
  onOpened: (adoption: OpenedAdoption) => void;
}) => {
  const { preview, suggested, onClose, onOpened } = props;
  const { entityRef, candidates, pullRequestUrl } = preview;
  const api = useApi(goldenPathsApiRef);
  const [candidate, setCandidate] = useState(suggested);
  const [said, setSaid] = useState<Said>(() => saidOf(suggested));
  /** What would be written for the answers; none once they are others. */
  const [files, setFiles] = useState(preview.files);
  const { templateRef, version, commit } = candidate;
  const chosen = {
    templateRef,
    version,
    commit,
    inputs: inputsOf(candidate, said),
  };
  const [shown, show] = useAsyncFn(async () => {
    const answer = await api.previewAdoption({ entityRef, chosen });
    setFiles(answer.files);
  }, [api, entityRef, candidate, said]);
  const [created, create] = useAsyncFn(
    async () => onOpened(await api.createAdoption({ entityRef, ...chosen })),
    [api, entityRef, candidate, said],
  );
  const isShown = files.length > 0;
  const change = (to: AdoptionCandidate, answers: Said) => {
    setCandidate(to);
    setSaid(answers);
    setFiles([]);
  };
  const refusal = shown.error ?? created.error;
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Candidates
            candidates={candidates}
            chosen={candidate}
            onChoose={to => change(to, saidOf(to))}
          />
          <AnswerFields
            candidate={candidate}
            said={said}
            onChange={answers => change(candidate, answers)}
          />
          {isShown && <WrittenFiles files={files} />}
          {refusal && (
            <PullRequestRefused
              error={refusal}
              during={shown.error ? 'preview' : 'create'}
              onRetry={shown.error ? show : create}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        {isShown ? (
          <Button
            variant="primary"
            onPress={create}
            isPending={created.loading}
          >
            {pullRequestUrl ? 'Update pull request' : 'Create pull request'}
          </Button>
        ) : (
          <Button
            variant="primary"
            onPress={show}
            isPending={shown.loading}
            isDisabled={!isAnswered(candidate, said)}
          >
            Show what would be written
          </Button>
        )}
      </DialogFooter>
    </>
  );
};
