import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { describePlan } from './describePlan';

const repoUrl =
  '${{ waymark.gitHost }}?owner=${{ waymark.gitOwner }}&repo=${{ parameters.name }}';
const environment = (name: string) => ({
  id: name,
  name: `Create ${name}`,
  action: 'github:environment:create',
  input: { repoUrl, name },
});
const template = (steps: TemplateEntityV1beta3['spec']['steps']) =>
  ({
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'node-api' },
    spec: { type: 'service', steps },
  } as TemplateEntityV1beta3);
const context = {
  values: { name: 'delivery-quotes' },
  gitHost: 'git.example',
  gitOwner: 'tidewater',
  ownerName: 'Checkout',
  systemName: 'Payments',
};

describe('describePlan', () => {
  it('says one line per thing that is made', () => {
    const steps = [
      { id: 'render', name: 'Write', action: 'fetch:template', input: {} },
      {
        id: 'repository',
        name: 'Create the repository',
        action: 'waymark:github:repo:create',
        input: { repoUrl, repoVisibility: 'private' },
      },
      {
        id: 'push',
        name: 'Push',
        action: 'github:repo:push',
        input: { defaultBranch: 'main', protectDefaultBranch: true },
      },
      { id: 'register', name: 'Register', action: 'waymark:catalog:register' },
      environment('development'),
      environment('staging'),
      environment('production'),
    ];
    expect(describePlan(template(steps), context)).toEqual([
      'A private Git repository tidewater/delivery-quotes on git.example',
      'A protected branch main: each change needs one review',
      'The environments development, staging and production',
      'The component delivery-quotes in the catalog, owned by Checkout, part of Payments',
    ]);
  });

  it.each([
    [true, ['A store on PostgreSQL, with migrations and tests']],
    [false, ['No database']],
    [undefined, []],
  ])('says what the answer %s on a database makes', (database, lines) => {
    const values = { ...context.values, database };
    expect(describePlan(template([]), { ...context, values })).toEqual(lines);
  });

  it('falls back to the name of a step it cannot work out', () => {
    const steps = [
      {
        id: 'repository',
        name: 'Create the repository',
        action: 'publish:github',
        input: { repoUrl: '${{ parameters.repoUrl | lower }}' },
      },
    ];
    expect(describePlan(template(steps), context)).toEqual([
      'Create the repository',
    ]);
  });
});
