import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { Backfill, BackfillsPage } from '../../api/backfill';
import { doraApiRef } from '../../api/DoraApi';
import { useLive } from '../../data/useLive';
import { count } from '../../format';
import { ago, dayIn, dayWords, ownTimeZone, when } from '../../time';
import styles from './deliveries.module.css';
import shared from '../shared/shared.module.css';

const PAGE = 5;

const day = (instant: string) => dayWords(dayIn(ownTimeZone(), instant));

/** How far it is, in one line. */
function stateWords(one: Backfill): string {
  const { state, part, reached, problem, waitsUntil } = one;
  if (state === 'failed') return `Could not be fetched: ${problem}`;
  const under = part
    ? `${part}${reached ? `, back to ${day(reached)}` : ''}`
    : 'begins';
  if (state === 'running') return `Being fetched: ${under}`;
  if (waitsUntil) {
    const until = when(waitsUntil, ownTimeZone());
    return `Goes on at ${until}: ${problem ?? under}`;
  }
  if (state === 'waiting') return 'Waits for its turn';
  return `Fetched back to ${day(one.since)}${
    one.finishedAt ? `, ${ago(one.finishedAt)}` : ''
  }`;
}

/** What it brought, where it brought something. */
const countWords = ({ fetched, added }: Backfill) =>
  fetched > 0
    ? `${count(fetched, 'event')}, ${added.toLocaleString('en-GB')} new`
    : undefined;

/** Asks once more, and says what it means. */
const FetchDialog = (props: {
  repository?: string;
  days: number;
  onClose: () => void;
  onStarted: () => void;
}) => {
  const { repository, days, onClose, onStarted } = props;
  const api = useApi(doraApiRef);
  const [state, setState] = useState<{ pending?: boolean; error?: Error }>({});
  const start = async () => {
    setState({ pending: true });
    try {
      await api.startBackfill(repository);
      onStarted();
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>
        {repository
          ? `Fetch the history of ${repository} again?`
          : 'Fetch all histories again?'}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text as="p">
            The last {days} days are asked of the Git host from the beginning.
            What is known stays and is not counted twice. It takes a share of
            the questions that the portal may ask there each hour.
          </Text>
          {state.error && (
            <Alert
              status="danger"
              icon
              title="It was not started"
              description={state.error.message}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button variant="primary" onPress={start} isPending={state.pending}>
          Fetch again
        </Button>
      </DialogFooter>
    </Dialog>
  );
};

const Repositories = (props: {
  page: BackfillsPage;
  onAgain: (repository: string) => void;
}) => (
  <ul className={styles.list} aria-label="Histories">
    {props.page.items.map(one => (
      <li key={`${one.source} ${one.repository}`}>
        <div>
          <Text as="p">
            <b>{one.repository}</b>{' '}
            <Text color="secondary" variant="body-small">
              {countWords(one)}
            </Text>
          </Text>
          <Text
            as="p"
            variant="body-small"
            color={one.state === 'failed' ? 'danger' : 'secondary'}
          >
            {stateWords(one)}
          </Text>
        </div>
        {(one.state === 'done' || one.state === 'failed') && (
          <Button
            variant="secondary"
            size="small"
            aria-label={`Fetch again: ${one.repository}`}
            onPress={() => props.onAgain(one.repository)}
          >
            Fetch again
          </Button>
        )}
      </li>
    ))}
  </ul>
);

/** What was before the first webhook, and how far it was fetched. */
export const History = () => {
  const api = useApi(doraApiRef);
  const [offset, setOffset] = useState(0);
  const [asked, setAsked] = useState<{ repository?: string }>();
  const state = useLive(
    () => api.getBackfills({ limit: PAGE, cursor: String(offset) }),
    String(offset),
    'dora:received',
  );
  const page = state.value;
  const total = page && Object.values(page.counts).reduce((a, b) => a + b, 0);
  return (
    <SectionCard title="History">
      <AsyncContent state={state} what="the histories" onRetry={state.retry}>
        {shown => (
          <div className={shared.column}>
            {shown.items.length === 0 && offset === 0 ? (
              <EmptyState
                title={
                  shown.days === 0
                    ? 'No history is fetched'
                    : 'There is none to fetch'
                }
              >
                {shown.days === 0
                  ? 'The configuration says so: dora.backfill.days is 0.'
                  : 'The history of each repository of the catalog is fetched where the portal has a token for its Git host.'}
              </EmptyState>
            ) : (
              <>
                <div className={shared.bar}>
                  <Text as="p" color="secondary">
                    {`${shown.counts.done} of ${count(
                      total!,
                      'repository',
                      'repositories',
                    )} fetched`}
                    {shown.counts.failed > 0 &&
                      `, ${shown.counts.failed} could not be`}
                  </Text>
                  <Button variant="secondary" onPress={() => setAsked({})}>
                    Fetch all again
                  </Button>
                </div>
                <Repositories
                  page={shown}
                  onAgain={repository => setAsked({ repository })}
                />
                <div className={shared.bar}>
                  {offset > 0 && (
                    <Button
                      variant="secondary"
                      onPress={() => setOffset(Math.max(0, offset - PAGE))}
                    >
                      Previous repositories
                    </Button>
                  )}
                  {shown.next && (
                    <Button
                      variant="secondary"
                      onPress={() => setOffset(Number(shown.next))}
                    >
                      Further repositories
                    </Button>
                  )}
                </div>
              </>
            )}
            {asked && (
              <FetchDialog
                {...asked}
                days={shown.days}
                onClose={() => setAsked(undefined)}
                onStarted={() => {
                  setAsked(undefined);
                  state.retry();
                }}
              />
            )}
          </div>
        )}
      </AsyncContent>
    </SectionCard>
  );
};
