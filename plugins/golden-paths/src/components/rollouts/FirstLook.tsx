import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  LoadingState,
  PullRequestRefused,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { previewRolled, previewWords } from './previewRolled';
import { RolloutAnswers } from './RolloutAnswers';
import { RolloutQuestions } from './RolloutQuestions';

/** What would change in the first service, and what has to be answered before. */
export const FirstLook = (props: {
  entityRef: string;
  answers: RolloutAnswers;
}) => {
  const { answers, entityRef } = props;
  const { inputs } = answers;
  const api = useApi(goldenPathsApiRef);
  const state = useAsyncRetry(
    () => previewRolled(api, entityRef, inputs),
    [api, entityRef, inputs],
  );
  const { loading, value: preview, error } = state;
  if (loading) return <LoadingState what="what changes in it" lines={1} />;
  if (error) {
    return (
      <PullRequestRefused
        error={error}
        during="preview"
        onRetry={state.retry}
      />
    );
  }
  if (preview?.result === 'missing') {
    return <RolloutQuestions preview={preview} answers={answers} />;
  }
  return (
    <div role="status">
      {preview && (
        <Text as="p" color="secondary">
          {`In the first service: ${previewWords(preview)}.`}
        </Text>
      )}
    </div>
  );
};
