import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Text } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { downloadCsv } from '@waymark/backstage-plugin-insights-react';
import { DriftQuery, WindowQuery } from '../../api/GoldenPathsApi';
import { insightsApiRef, TableName } from '../../api/InsightsApi';

/** Hands out the whole of a table. */
export const CsvButton = (props: {
  table: TableName;
  /** What it is a table of, as in "Download {what}". */
  what: string;
  query: WindowQuery | DriftQuery;
}) => {
  const { table, what, query } = props;
  const api = useApi(insightsApiRef);
  const [state, setState] = useState<'busy' | 'failed'>();
  const save = async () => {
    setState('busy');
    try {
      const csv = await api.getTable(table, query);
      const day = new Date().toISOString().slice(0, 10);
      downloadCsv(`golden-paths-${table}-${day}.csv`, csv);
      setState(undefined);
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      {state === 'failed' && (
        <Text color="danger" role="alert">
          Could not be downloaded
        </Text>
      )}
      <Button
        variant="tertiary"
        size="small"
        iconStart={<RiDownloadLine aria-hidden />}
        isDisabled={state === 'busy'}
        aria-label={`Download ${what} as CSV`}
        onPress={save}
      >
        CSV
      </Button>
    </>
  );
};
