import { Link } from '@backstage/ui';
import {
  CampaignPage,
  RuleInForce,
} from '@waymark/backstage-plugin-compliance-common';
import {
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { NO_GROUP, NONE } from '../company/componentQuery';
import { TrialMark } from '../shared/TrialMark';
import { useLinks } from '../shared/useLinks';
import { Progress } from './CampaignMarks';
import shared from '../shared/shared.module.css';
import styles from './campaigns.module.css';

/** Where the list of what is left begins. */
export const LEFT_ID = 'left';

/** How far each owner is; each leads to what it has left. */
export const OwnersCard = ({ page }: { page: CampaignPage }) => (
  <SectionCard title="By owner">
    {page.owners.length === 0 ? (
      <EmptyState title="No component is reached">
        None of its rules applies to a component in its scope.
      </EmptyState>
    ) : (
      <table className={`${shared.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">Owner</th>
            <th scope="col" className={`${shared.number} ${styles.wide}`}>
              Components done
            </th>
            <th scope="col">Checks done</th>
          </tr>
        </thead>
        <tbody>
          {page.owners.map(one => {
            const title = one.owner ? one.title : NO_GROUP.owner;
            return (
              <tr key={one.owner}>
                <th scope="row">
                  <Link
                    href={`?owner=${encodeURIComponent(
                      one.owner || NONE,
                    )}#${LEFT_ID}`}
                  >
                    {title}
                  </Link>
                </th>
                <td className={`${shared.number} ${styles.wide}`}>
                  {`${one.componentsDone} of ${one.components}`}
                </td>
                <td>
                  <Progress of={title} progress={one} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    )}
  </SectionCard>
);

/** How far each rule is. */
export const RulesCard = (props: {
  page: CampaignPage;
  rules: ReadonlyMap<string, RuleInForce>;
}) => {
  const links = useLinks();
  return (
    <SectionCard title="By rule">
      <table className={`${shared.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Checks done</th>
          </tr>
        </thead>
        <tbody>
          {props.page.rules.map(one => {
            const rule = props.rules.get(one.rule);
            const title = rule?.title ?? one.rule;
            return (
              <tr key={one.rule}>
                <th scope="row">
                  <Link href={links.rule(one.rule)}>{title}</Link>
                  {rule && (
                    <div>
                      <TrialMark rule={rule} />
                    </div>
                  )}
                </th>
                <td>
                  <Progress of={title} progress={one} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </SectionCard>
  );
};
