import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { serviceName, whatWillBeMade } from './module';

const { formFieldLoader } = FormFieldBlueprint.dataRefs;

describe('scaffolder module', () => {
  it('offers ServiceName', async () => {
    const load = createExtensionTester(serviceName).get(formFieldLoader);
    expect(await load()).toMatchObject({ name: 'ServiceName' });
  });

  it('offers WhatWillBeMade', async () => {
    const load = createExtensionTester(whatWillBeMade).get(formFieldLoader);
    expect(await load()).toMatchObject({ name: 'WhatWillBeMade' });
  });
});
