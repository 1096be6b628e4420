import { stringify } from 'yaml';
import { consumedApis, dependenciesOf } from '../company';
import { recordings } from './deploy';
import { chat, dashboard, has, hasPage, host, runbook, Stage } from './stage';

type Link = { url: string; title: string; icon: string; type: string };

/** `catalog-info.yaml`: the Component and the APIs it provides. */
export function catalogInfo(stage: Stage): string {
  const { component } = stage;
  const apis = has(stage, 'api') ? component.provides : [];
  const entities = [componentEntity(stage), ...apis.map(apiEntity(stage))];
  return entities
    .map(entity => stringify(entity, { lineWidth: 0 }))
    .join('---\n');
}

function componentEntity(stage: Stage) {
  const { company, component } = stage;
  const provides = component.provides.map(({ api }) => api);
  const consumes = consumedApis(component);
  const dependsOn = dependenciesOf(company, component);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: component.name,
      title: component.title,
      description: component.description,
      annotations: annotations(stage),
      tags: tagsOf(stage),
      links: links(stage),
    },
    spec: {
      type: component.type,
      lifecycle: component.lifecycle,
      owner: `group:default/${component.owner}`,
      system: component.system,
      ...(has(stage, 'api') && provides.length > 0
        ? { providesApis: provides }
        : {}),
      ...(consumes.length > 0 ? { consumesApis: consumes } : {}),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    },
  };
}

/** The language and the component's own tags; also the repository's topics. */
export function tagsOf({ component }: Pick<Stage, 'component'>): string[] {
  return [...new Set([component.language, ...component.tags])];
}

function annotations(stage: Stage): Record<string, string> {
  const { component, owner } = stage;
  const { name, operations } = component;
  const result: Record<string, string> = {
    'github.com/project-slug': `${owner}/${name}`,
    'waymark.dev/tier': String(component.tier),
  };
  if (component.successor) {
    result[
      'waymark.dev/successor'
    ] = `component:default/${component.successor}`;
  }
  if (has(stage, 'docs')) {
    result['backstage.io/techdocs-ref'] = 'dir:.';
  }
  if (operations && has(stage, 'deploy')) {
    result['backstage.io/kubernetes-id'] = name;
    result['backstage.io/kubernetes-namespace'] = component.system;
    result['argocd/app-name'] = name;
  }
  if (operations?.pagerduty && has(stage, 'on-call')) {
    result['pagerduty.com/service-id'] = operations.pagerduty;
  }
  if (has(stage, 'alerts')) {
    result['grafana/dashboard-selector'] = `tags @> '${name}'`;
    result['prometheus.io/rule'] = recordings(component)
      .map(({ record, label }) => (label ? `${record}|${label}` : record))
      .join(',');
    result['prometheus.io/alert'] = component.alerts
      .map(alert => alert.name)
      .join(',');
  }
  return result;
}

function links(stage: Stage): Link[] {
  const { component } = stage;
  const { name, operations } = component;
  const result: Link[] = [];
  if (has(stage, 'alerts')) {
    result.push({
      url: dashboard(component),
      title: 'Dashboard',
      icon: 'dashboard',
      type: 'dashboard',
    });
  }
  if (hasPage(stage, 'runbook')) {
    result.push({
      url: runbook(stage),
      title: 'Runbook',
      icon: 'docs',
      type: 'runbook',
    });
  }
  if (operations && operations.serves !== 'job' && has(stage, 'deploy')) {
    result.push({
      url: host(name, '/healthz'),
      title: 'Health',
      icon: 'web',
      type: 'health',
    });
  }
  result.push({
    url: chat(component),
    title: `#${component.owner}`,
    icon: 'chat',
    type: 'chat',
  });
  return result;
}

function apiEntity({ company, component }: Stage) {
  return (provided: { api: string; title: string; description: string }) => {
    const api = company.apis.get(provided.api);
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: provided.api,
        title: provided.title,
        description: provided.description,
        tags: component.tags,
      },
      spec: {
        type: api?.type,
        lifecycle: component.lifecycle,
        owner: `group:default/${component.owner}`,
        system: component.system,
        definition: { $text: `./api/${api?.fileName}` },
      },
    };
  };
}
