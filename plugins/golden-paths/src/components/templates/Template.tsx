import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { TemplateAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import { driftRouteRef } from '../../routes';
import { count, dayWords, durationWords, PHASE_WORDS } from '../../words';
import { EntityName } from '../shared/EntityName';
import { Fact } from '../shared/Fact';
import { Failures, WentFacts } from '../shared/Went';
import shared from '../shared/shared.module.css';

const State = ({ template }: { template: TemplateAnswer }) => {
  const { phase, sunset, successor, since } = template;
  return (
    <Fact
      label="State"
      note={since ? `Known since ${dayWords(since)}` : undefined}
    >
      {PHASE_WORDS[phase]}
      {phase !== 'active' && sunset && ` on ${dayWords(sunset)}`}
      {successor && (
        <span className={shared.note}>
          Use <EntityName entityRef={successor} />
        </span>
      )}
    </Fact>
  );
};

const Services = ({ template }: { template: TemplateAnswer }) => {
  const { services, drifting, templateRef } = template;
  const drift = useRouteRef(driftRouteRef);
  const total = services.reduce((sum, one) => sum + one.count, 0);
  const search = new URLSearchParams({ template: templateRef });
  const words = count(total, 'service');
  return (
    <Fact
      label="Made from it, today"
      note={services
        .map(({ version, count: n }) => `${version ?? 'no version'}: ${n}`)
        .join(', ')}
    >
      {drift && total > 0 ? (
        <Link href={`${drift()}?${search}`}>{words}</Link>
      ) : (
        words
      )}
      {drifting > 0 && `, ${drifting} behind`}
    </Fact>
  );
};

/** How a golden path does. */
export const Template = ({ template }: { template: TemplateAnswer }) => {
  const { timeSaved } = template;
  return (
    <div className={shared.column}>
      <dl className={shared.facts}>
        <Fact label="Template" note={template.version ?? 'no version'}>
          <EntityName entityRef={template.templateRef} title={template.title} />
        </Fact>
        <Fact label="Owner">
          {template.owner ? (
            <EntityName entityRef={template.owner} />
          ) : (
            'No owner'
          )}
        </Fact>
        <State template={template} />
        <Services template={template} />
        <WentFacts {...template} />
        <Fact
          label="Work saved"
          note={
            timeSaved.perCreation === null
              ? 'The template does not state any'
              : `${durationWords(timeSaved.perCreation)} times ${count(
                  timeSaved.n,
                  'service',
                )}, as the template states it`
          }
        >
          {durationWords(timeSaved.seconds)}
        </Fact>
      </dl>
      <Failures {...template} />
    </div>
  );
};
