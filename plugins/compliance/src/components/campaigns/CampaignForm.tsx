import { useState } from 'react';
import { parseDate } from '@internationalized/date';
import {
  Alert,
  Button,
  ButtonLink,
  DatePicker,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Campaign,
  CampaignRequest,
} from '@waymark/backstage-plugin-compliance-common';
import { SectionCard } from '@waymark/backstage-plugin-insights-react';
import { dayOf } from '../../time';
import { CountedRule } from '../rules/ruleRows';
import { CampaignPreview } from './CampaignPreview';
import { EMPTY, problemsOf, requestOf, Typed } from './campaignForm';
import { RuleChooser } from './RuleChooser';
import { ScopeFields } from './ScopeFields';
import styles from './campaigns.module.css';

/** What a campaign asks, of whom and until when. */
export const CampaignForm = (props: {
  /** The one that is changed; none for a new one. */
  campaign?: Campaign;
  rules: readonly CountedRule[];
  onSave: (request: CampaignRequest) => Promise<void>;
  /** Where it leads without saving. */
  backTo?: string;
}) => {
  const { campaign, rules, onSave, backTo } = props;
  const [typed, setTyped] = useState<Typed>(campaign ?? EMPTY);
  const [isTried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<Error>();
  const problems = problemsOf(typed, campaign?.deadline);
  const isRunning = campaign?.state === 'running';
  const change = (changes: Partial<Typed>) =>
    setTyped(before => ({ ...before, ...changes }));
  const told = (field: keyof Typed) => (isTried ? problems[field] : undefined);

  const save = async () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    setSaving(true);
    setError(undefined);
    try {
      await onSave(requestOf(typed));
    } catch (failure) {
      setError(failure as Error);
      setSaving(false);
    }
  };

  return (
    <div className={isRunning ? styles.form : styles.columns}>
      <div className={styles.form}>
        <SectionCard title="What it is about">
          <div className={styles.fields}>
            <TextField
              label="Title"
              isRequired
              value={typed.title}
              onChange={title => change({ title })}
              validate={() => told('title')}
              validationBehavior="aria"
            />
            <TextAreaField
              label="Description"
              description="Why it matters, for those who have to do it. Markdown."
              value={typed.description}
              onChange={description => change({ description })}
              validate={() => told('description')}
              validationBehavior="aria"
            />
            <DatePicker
              label="Deadline"
              description="The last day"
              isRequired
              value={typed.deadline ? parseDate(typed.deadline) : null}
              onChange={day => change({ deadline: day ? String(day) : '' })}
              isDateUnavailable={day => String(day) < dayOf(new Date())}
              validate={() => told('deadline')}
              validationBehavior="aria"
            />
          </div>
        </SectionCard>
        {isRunning ? (
          <Alert
            status="info"
            icon
            title="It runs: its rules and whom it asks stay as they are"
            description="Title, description and deadline can still be changed."
          />
        ) : (
          <>
            <SectionCard title="What it asks">
              <RuleChooser
                rules={rules}
                value={typed.rules}
                onChange={next => change({ rules: next })}
                problem={told('rules')}
              />
            </SectionCard>
            <SectionCard title="Whom it asks">
              <ScopeFields
                value={typed.scope}
                onChange={scope => change({ scope })}
              />
              <p className={styles.note}>
                A component has to fit each list in which something is chosen.
              </p>
            </SectionCard>
          </>
        )}
        {error && (
          <Alert
            status="danger"
            icon
            title="It was not saved"
            description={error.message}
          />
        )}
        {isTried && Object.keys(problems).length > 0 && (
          <Alert
            status="warning"
            icon
            title="Something is missing yet"
            description={Object.values(problems).join(' ')}
          />
        )}
        <div className={styles.actions}>
          <Button variant="primary" onPress={save} isPending={isSaving}>
            {campaign ? 'Save' : 'Save draft'}
          </Button>
          {backTo && (
            <ButtonLink variant="secondary" href={backTo}>
              Cancel
            </ButtonLink>
          )}
        </div>
      </div>
      {!isRunning && (
        <CampaignPreview rules={typed.rules} scope={typed.scope} />
      )}
    </div>
  );
};
