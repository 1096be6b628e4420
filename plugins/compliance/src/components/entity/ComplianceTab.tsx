import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity, useEntityOwnership } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, ButtonLink, Text } from '@backstage/ui';
import {
  ComponentReport,
  Exemption,
  exemptionRequestPermission,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import { folderOf } from '../../data/fileUrl';
import { HURRIED_MS, useFixes } from '../../data/useFixes';
import { useReport } from '../../data/useReport';
import { withRules } from '../../data/verdicts';
import { ago, when } from '../../time';
import { DecisionDialog } from '../exemptions/DecisionDialog';
import { useFixOffers } from '../fixes/useFixOffers';
import { useLinks } from '../shared/useLinks';
import { CampaignsCard } from './CampaignsCard';
import { ExemptionDialog } from './ExemptionDialog';
import { FixFirst } from './FixFirst';
import { ScoreSection } from './ScoreSection';
import { ChangesCard, HistoryCard, OriginsCard } from './SideCards';
import { Verdicts } from './Verdicts';
import styles from './entity.module.css';

const Report = (props: {
  report: ComponentReport;
  rules: RuleInForce[];
  fixes: ReturnType<typeof useFixes>;
}) => {
  const { report, rules, fixes } = props;
  const { entity } = useEntity();
  const { hash } = useLocation();
  const { isOwnedEntity } = useEntityOwnership();
  const { allowed } = usePermission({ permission: exemptionRequestPermission });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<RuleInForce>();
  const [asked, setAsked] = useState<RuleInForce>();
  const judged = withRules(report.verdicts, rules);
  const folder = folderOf(entity, report);
  const { exemptions } = useLinks();
  const mayAsk = allowed && isOwnedEntity(entity);
  const [ending, setEnding] = useState<Exemption>();
  const [ended, setEnded] = useState<Exemption>();
  const { entityRef, evaluatedAt } = report;
  const api = useApi(complianceApiRef);
  const { offer, news, dialog } = useFixOffers(entityRef, judged, fixes);
  // Each check may follow from a decision.
  const { value: held } = useAsync(
    async () =>
      mayAsk
        ? (await api.getExemptions({ entityRef })).filter(
            ({ id, state }) => state === 'approved' && id !== ended?.id,
          )
        : [],
    [api, entityRef, mayAsk, evaluatedAt, ended],
  );
  const heldOf = (ruleId: string) => held?.find(({ rule }) => rule === ruleId);
  const titleOf = (ruleId: string) =>
    rules.find(({ id }) => id === ruleId)?.title ?? ruleId;

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
      {news}
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
      {ended && (
        <Alert
          status="success"
          icon
          title={`Exemption ended: ${titleOf(ended.rule)}`}
          description="The rule counts again; this page follows in a moment."
          mb="4"
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <ScoreSection report={report} />
          <CampaignsCard judged={judged} onOpen={id => setIsOpen(id, true)} />
          <FixFirst
            judged={judged}
            folder={folder}
            onOpen={id => setIsOpen(id, true)}
            offer={offer}
          />
          <Verdicts
            judged={judged}
            folder={folder}
            open={open}
            onOpenChange={setIsOpen}
            onAsk={mayAsk ? ({ rule }) => setAsking(rule) : undefined}
            onEnd={({ rule }) => {
              const exemption = heldOf(rule.id);
              return exemption && (() => setEnding(exemption));
            }}
            offer={offer}
          />
        </div>
        <div className={styles.column}>
          <HistoryCard report={report} />
          <ChangesCard report={report} rules={rules} />
          <OriginsCard report={report} />
        </div>
      </div>
      {dialog}
      {ending && (
        <DecisionDialog
          exemption={ending}
          ruleTitle={titleOf(ending.rule)}
          decision="end"
          onClose={() => setEnding(undefined)}
          onDone={() => {
            setEnded(ending);
            setEnding(undefined);
          }}
        />
      )}
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
  const [isHurried, setHurried] = useState(false);
  const { state, retry, checkAgain, isChecking, checkError } = useReport(
    entityRef,
    isHurried ? HURRIED_MS : undefined,
  );
  const fixes = useFixes(entityRef, state.value?.report?.evaluatedAt);
  // A merge is followed by a check within seconds.
  useEffect(() => setHurried(fixes.isWaiting), [fixes.isWaiting]);
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
              <Report report={report} rules={rules} fixes={fixes} />
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
