import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity, useEntityOwnership } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, ButtonLink, Text } from '@backstage/ui';
import {
  ComponentReport,
  exemptionRequestPermission,
  Rule,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { folderOf } from '../../data/fileUrl';
import { useReport } from '../../data/useReport';
import { withRules } from '../../data/verdicts';
import { ago, when } from '../../time';
import { useLinks } from '../shared/useLinks';
import { ExemptionDialog } from './ExemptionDialog';
import { FixFirst } from './FixFirst';
import { ScoreSection } from './ScoreSection';
import { ChangesCard, HistoryCard, OriginsCard } from './SideCards';
import { Verdicts } from './Verdicts';
import styles from './entity.module.css';

const Report = (props: { report: ComponentReport; rules: Rule[] }) => {
  const { report, rules } = props;
  const { entity } = useEntity();
  const { hash } = useLocation();
  const { isOwnedEntity } = useEntityOwnership();
  const { allowed } = usePermission({ permission: exemptionRequestPermission });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Rule>();
  const [asked, setAsked] = useState<Rule>();
  const judged = withRules(report.verdicts, rules);
  const folder = folderOf(entity, report);
  const { exemptions } = useLinks();
  const mayAsk = allowed && isOwnedEntity(entity);

  const setIsOpen = (id: string, isOpen: boolean) =>
    setOpen(before => {
      const after = new Set(before);
      if (isOpen) after.add(id);
      else after.delete(id);
      return after;
    });

  // An address may end in the id of a rule.
  useEffect(() => {
    const id = decodeURIComponent(hash.slice(1));
    if (!id) return;
    setIsOpen(id, true);
    document.getElementById(id)?.scrollIntoView();
  }, [hash]);

  return (
    <>
      {asked && (
        <Alert
          status="success"
          icon
          title={`Exemption asked for: ${asked.title}`}
          description="You are told when the platform team has decided."
          customActions={
            exemptions && (
              <ButtonLink variant="secondary" href={exemptions}>
                All exemptions
              </ButtonLink>
            )
          }
          mb="4"
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <ScoreSection report={report} />
          <FixFirst
            judged={judged}
            folder={folder}
            onOpen={id => setIsOpen(id, true)}
          />
          <Verdicts
            judged={judged}
            folder={folder}
            open={open}
            onOpenChange={setIsOpen}
            onAsk={mayAsk ? ({ rule }) => setAsking(rule) : undefined}
          />
        </div>
        <div className={styles.column}>
          <HistoryCard report={report} />
          <ChangesCard report={report} rules={rules} />
          <OriginsCard report={report} />
        </div>
      </div>
      {asking && (
        <ExemptionDialog
          entityRef={report.entityRef}
          rule={asking}
          onClose={() => setAsking(undefined)}
          onAsked={() => {
            setAsked(asking);
            setAsking(undefined);
          }}
        />
      )}
    </>
  );
};

/** How far a component keeps the rules, and what to do about it. */
export const ComplianceTab = () => {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { state, retry, checkAgain, isChecking, checkError } =
    useReport(entityRef);
  const again = (
    <Button variant="secondary" onPress={checkAgain} isPending={isChecking}>
      Check again
    </Button>
  );
  return (
    <AsyncContent state={state} what="the compliance score" onRetry={retry}>
      {({ report, rules }) => (
        <>
          {checkError && (
            <Alert
              status="danger"
              icon
              title="It could not be checked again"
              description={checkError.message}
              mb="4"
            />
          )}
          {report ? (
            <>
              <div className={styles.bar}>
                <Text color="secondary">
                  Checked{' '}
                  <time
                    dateTime={report.evaluatedAt}
                    title={when(report.evaluatedAt)}
                  >
                    {ago(report.evaluatedAt)}
                  </time>
                </Text>
                {again}
              </div>
              <Report report={report} rules={rules} />
            </>
          ) : (
            <SectionCard title="Score">
              <EmptyState title="Not checked yet" action={again}>
                A new component is checked within minutes. This page shows the
                result as soon as it is there.
              </EmptyState>
            </SectionCard>
          )}
        </>
      )}
    </AsyncContent>
  );
};
