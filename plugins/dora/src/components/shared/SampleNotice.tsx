import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';

/** Says that what is shown never happened, where it is the sample company's. */
export const SampleNotice = () =>
  useApi(configApiRef).getOptionalBoolean('waymark.sampleData') ? (
    <Alert
      status="info"
      icon
      title="Sample data"
      description="The history of the sample company never happened. What you deliver here is added to it."
    />
  ) : null;
