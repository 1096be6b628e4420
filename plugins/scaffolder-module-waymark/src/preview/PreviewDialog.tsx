import { lazy, Suspense, useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Alert, Dialog, DialogBody, DialogHeader } from '@backstage/ui';
import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { AnswerProblem } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  LoadingState,
} from '@waymark/backstage-plugin-insights-react';
import { loadPreview } from './loadPreview';
import styles from './PreviewDialog.module.css';

const WHAT = 'the files';

const FileBrowser = lazy(() =>
  import('./FileBrowser').then(m => ({ default: m.FileBrowser })),
);

const Refused = ({ problems }: { problems: AnswerProblem[] }) => (
  <Alert
    status="warning"
    icon
    title="Nothing can be made of these answers yet"
    description={
      <ul className={styles.problems}>
        {problems.map(({ field, title, message }) => (
          <li key={`${field} ${message}`}>
            <strong>{title}:</strong> {message}
          </li>
        ))}
      </ul>
    }
  />
);

const Body = (props: {
  templateRef: string;
  values: Record<string, unknown>;
}) => {
  const { templateRef } = props;
  // What was answered when it was opened: nobody answers while it is open.
  const [values] = useState(props.values);
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const state = useAsyncRetry(
    () => loadPreview(discoveryApi, fetchApi, { templateRef, values }),
    [discoveryApi, fetchApi, templateRef, values],
  );

  if (state.value?.result === 'files') {
    return (
      <Suspense fallback={<LoadingState what={WHAT} lines={8} />}>
        <FileBrowser files={state.value.files} />
      </Suspense>
    );
  }
  return (
    <div className={styles.state}>
      {state.loading ? (
        <LoadingState what={WHAT} lines={8} />
      ) : (
        <AsyncContent state={state} what={WHAT} onRetry={state.retry}>
          {preview =>
            preview.result === 'refused' && (
              <Refused problems={preview.problems} />
            )
          }
        </AsyncContent>
      )}
    </div>
  );
};

/** The files that the answers would make, before anything is made. */
export const PreviewDialog = (props: {
  templateRef: string;
  values: Record<string, unknown>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) => {
  const { templateRef, values, isOpen, onOpenChange } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      width={1120}
      height="min(760px, calc(100vh - 3rem))"
      className={styles.dialog}
    >
      <DialogHeader>Files that will be made</DialogHeader>
      <DialogBody className={styles.body}>
        <Body templateRef={templateRef} values={values} />
      </DialogBody>
    </Dialog>
  );
};
