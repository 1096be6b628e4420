import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { serviceName, whatWillBeMade } from './module';

describe('scaffolder module', () => {
  it.each([
    ['ServiceName', serviceName],
    ['WhatWillBeMade', whatWillBeMade],
  ])('offers the field %s', async (name, extension) => {
    const load = createExtensionTester(extension).get(
      FormFieldBlueprint.dataRefs.formFieldLoader,
    );
    expect(await load()).toMatchObject({ name });
  });
});
