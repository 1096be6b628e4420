import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { compliancePermissions } from '@waymark/backstage-plugin-compliance-common';
import { doraPermissions } from '@waymark/backstage-plugin-dora-common';
import { goldenPathsPermissions } from '@waymark/backstage-plugin-golden-paths-common';
import { decide } from './decide';

const all = [
  ...catalogPermissions,
  ...compliancePermissions,
  ...doraPermissions,
  ...goldenPathsPermissions,
  ...scaffolderPermissions,
];

describe('decide', () => {
  it('answers every permission of catalog, compliance, delivery, golden paths and scaffolder as documented', () => {
    const table = Object.fromEntries(
      all.map(permission => [
        permission.name,
        [decide(permission, false), decide(permission, true)],
      ]),
    );

    expect(table).toEqual({
      'catalog.entity.create': ['allow', 'allow'],
      'catalog.entity.delete': ['own-entities', 'allow'],
      'catalog.entity.read': ['allow', 'allow'],
      'catalog.entity.refresh': ['own-entities', 'allow'],
      'catalog.entity.validate': ['allow', 'allow'],
      'catalog.ingestion.manage': ['deny', 'allow'],
      'catalog.ingestion.read': ['deny', 'allow'],
      'catalog.location.analyze': ['allow', 'allow'],
      'catalog.location.create': ['allow', 'allow'],
      'catalog.location.delete': ['deny', 'allow'],
      'catalog.location.read': ['allow', 'allow'],
      'compliance.campaign.manage': ['deny', 'allow'],
      'compliance.exemption.decide': ['deny', 'allow'],
      'compliance.exemption.request': ['allow', 'allow'],
      'compliance.fix.create': ['allow', 'allow'],
      'compliance.score.read': ['allow', 'allow'],
      'dora.ingest.manage': ['deny', 'allow'],
      'dora.metrics.read': ['allow', 'allow'],
      'golden-paths.adoption.read': ['allow', 'allow'],
      'golden-paths.rollout.manage': ['deny', 'allow'],
      'golden-paths.upgrade.create': ['allow', 'allow'],
      'scaffolder.action.execute': ['allow', 'allow'],
      'scaffolder.task.cancel': ['own-tasks', 'allow'],
      'scaffolder.task.create': ['allow', 'allow'],
      'scaffolder.task.read': ['own-tasks', 'allow'],
      'scaffolder.template.dry-run': ['deny', 'allow'],
      'scaffolder.template.management': ['deny', 'allow'],
      'scaffolder.template.parameter.read': ['allow', 'allow'],
      'scaffolder.template.step.read': ['allow', 'allow'],
    });
  });

  it('lets people read what a new plugin offers, and denies the rest', () => {
    const permission = (action: 'read' | 'update') =>
      createPermission({
        name: `weather.forecast.${action}`,
        attributes: { action },
      });

    expect(decide(permission('read'), false)).toBe('allow');
    expect(decide(permission('update'), false)).toBe('deny');
    expect(decide(permission('update'), true)).toBe('deny');
  });
});
