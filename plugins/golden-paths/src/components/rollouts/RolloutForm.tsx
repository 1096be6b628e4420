import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, ButtonLink, TextAreaField } from '@backstage/ui';
import {
  DriftItem,
  NewInputs,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  OptionSelect,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { count } from '../../words';
import { FirstLook } from './FirstLook';
import { GivenAnswers } from './GivenAnswers';
import { ReachTable } from './ReachTable';
import { useRolloutLinks } from './useRolloutLinks';
import styles from './rollouts.module.css';
import shared from '../shared/shared.module.css';

const SIZES = ['1', '5', '10', '25', '50', '100'];
const SHARES = ['0', '0.1', '0.2', '0.5', '1'];
const LONGEST = 1000;

const shareWords = (share: string) =>
  share === '1' ? 'never' : `more than ${Math.round(100 * Number(share))} %`;

/** How a new version is brought to the services that are behind. */
export const RolloutForm = (props: {
  templateRef: string;
  items: readonly DriftItem[];
}) => {
  const { items, templateRef } = props;
  const api = useApi(goldenPathsApiRef);
  const links = useRolloutLinks();
  const navigate = useNavigate();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string>();
  const [inputs, setInputs] = useState<NewInputs>({});
  const [reason, setReason] = useState('');
  const [size, setSize] = useState('10');
  const [afterCanary, setAfterCanary] = useState<'ask' | 'merge'>('ask');
  const [afterBatch, setAfterBatch] = useState<'ask' | 'go-on'>('go-on');
  const [share, setShare] = useState('0.2');
  const [isTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<Error>();

  const meant = items.filter(one => !one.snooze && !leftOut.has(one.entityRef));
  const canary =
    meant.find(one => one.entityRef === chosen) ?? meant.find(() => true);
  const answers = {
    inputs,
    onAnswer: (said: NewInputs) => setInputs({ ...inputs, ...said }),
  };
  const problem =
    reason.trim().length < 3 || reason.trim().length > LONGEST
      ? `Say why, in 3 to ${LONGEST} characters.`
      : undefined;

  const start = async () => {
    setTried(true);
    if (problem || !canary) return;
    setSending(true);
    setError(undefined);
    try {
      const { rollout } = await api.createRollout({
        templateRef,
        reason: reason.trim(),
        canary: canary.entityRef,
        batchSize: Number(size),
        afterCanary,
        afterBatch,
        maxFailedShare: Number(share),
        leaveOut: [...leftOut],
        inputs,
      });
      navigate(links.one(rollout.id) ?? '..', { replace: true });
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    }
  };

  return (
    <>
      <SectionCard title={`${count(items.length, 'service')} behind`}>
        <ReachTable
          items={items}
          leftOut={leftOut}
          onLeaveOut={setLeftOut}
          answers={answers}
        />
      </SectionCard>
      <SectionCard title="How it goes on">
        <div className={styles.fields}>
          <TextAreaField
            label="Why"
            description="The owners read it in their notification and in the pull request"
            isRequired
            value={reason}
            onChange={setReason}
            validate={() => (isTried ? problem : undefined)}
            validationBehavior="aria"
          />
          <OptionSelect
            label="The first service"
            search
            options={meant.map(({ entityRef, title }) => ({
              value: entityRef,
              label: title ?? entityRef.replace(/^component:(default\/)?/, ''),
            }))}
            value={canary?.entityRef}
            onChange={setChosen}
          />
          {canary && (
            <FirstLook entityRef={canary.entityRef} answers={answers} />
          )}
          <GivenAnswers inputs={inputs} onForget={() => setInputs({})} />
          <OptionSelect
            label="After the first pull request"
            options={[
              { value: 'ask', label: 'Wait until somebody says go on' },
              { value: 'merge', label: 'Go on once it is merged' },
            ]}
            value={afterCanary}
            onChange={value =>
              setAfterCanary(value === 'merge' ? 'merge' : 'ask')
            }
          />
          <div className={shared.filters}>
            <OptionSelect
              label="Services of a batch"
              options={SIZES.map(value => ({ value, label: value }))}
              value={size}
              onChange={value => setSize(value ?? size)}
            />
            <OptionSelect
              label="After a batch"
              options={[
                { value: 'go-on', label: 'Go on' },
                { value: 'ask', label: 'Wait for a person' },
              ]}
              value={afterBatch}
              onChange={value =>
                setAfterBatch(value === 'ask' ? 'ask' : 'go-on')
              }
            />
            <OptionSelect
              label="Stop and ask when so much fails"
              options={SHARES.map(value => ({
                value,
                label: shareWords(value),
              }))}
              value={share}
              onChange={value => setShare(value ?? share)}
            />
          </div>
          {error && (
            <Alert
              status="danger"
              icon
              title="It was not started"
              description={error.message}
            />
          )}
          <div className={styles.actions}>
            <Button
              variant="primary"
              isPending={isSending}
              isDisabled={!canary}
              onPress={start}
            >
              {`Start with one of ${count(meant.length, 'service')}`}
            </Button>
            {links.all && (
              <ButtonLink variant="secondary" href={links.all}>
                Cancel
              </ButtonLink>
            )}
          </div>
        </div>
      </SectionCard>
    </>
  );
};
