import { stringify } from 'yaml';
import { SampleComponent } from '../schema';
import { toolchains } from './languages';

/** Full digests of the actions the pipelines use, and the version of each. */
const PINNED: Record<string, [string, string]> = {
  'actions/checkout': ['11bd71901bbe5b1630ceea73d27597364c9af683', 'v4.2.2'],
  'actions/setup-node': ['49933ea5288caeca8642d1e84afbd3f7d6820020', 'v4.4.0'],
  'actions/setup-go': ['d35c59abb061a4a6fb18e82ac0862c26744d6ab5', 'v5.5.0'],
  'actions/setup-python': [
    'a26af69be951a213d495a4c3e4e4022e16d87065',
    'v5.6.0',
  ],
  'actions/setup-java': ['c5195efecf7bdfc987ee8bae7a71cb8b11521c00', 'v4.7.1'],
};

/** `.github/workflows/ci.yaml`: install and test on every change. */
export function workflow(component: SampleComponent): string {
  const { setup, install, test } = toolchains[component.language];
  const pinned = component.workflow === 'pinned';
  const use = (action: string) => {
    const [digest, version] = PINNED[action];
    return pinned
      ? `${action}@${digest} # ${version}`
      : `${action}@${version.split('.')[0]}`;
  };
  const given = Object.entries(setup?.with ?? {})
    .map(([key, value]) => `          ${key}: ${stringify(value)}`)
    .join('');
  const setupStep = setup
    ? `      - uses: ${use(setup.action)}\n        with:\n${given}`
    : '';
  const permissions = pinned ? 'permissions:\n  contents: read\n\n' : '';
  return `name: CI

on:
  pull_request:
  push:
    branches: [main]

${permissions}jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: ${use('actions/checkout')}
${setupStep}      - run: ${install}
      - run: ${test}
`;
}
