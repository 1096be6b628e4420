import { useState } from 'react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ServiceNameField } from './ServiceNameField';
import { validateServiceName } from './validateServiceName';

const catalogApi = catalogApiMock({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'checkout-api', namespace: 'default' },
      relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'checkout', namespace: 'default' },
      spec: { type: 'team', profile: { displayName: 'Checkout' } },
    },
  ],
});

function Form() {
  const [name, setName] = useState<string>();
  const props = {
    formData: name,
    onChange: setName,
    schema: { title: 'Name', description: 'Cannot be changed later.' },
    uiSchema: {},
    idSchema: { $id: 'root_name' },
    rawErrors: [],
    required: true,
  } as unknown as FieldExtensionComponentProps<string>;
  return <ServiceNameField {...props} />;
}

async function type(name: string) {
  renderInTestApp(<Form />, {
    apis: [[catalogApiRef, catalogApi]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  await userEvent.type(
    await screen.findByRole('textbox', { name: /Name/ }),
    name,
  );
}

describe('ServiceNameField', () => {
  it('says that a name is free', async () => {
    await type('delivery-quotes');
    expect(await screen.findByText('delivery-quotes is free.')).toBeVisible();
  });

  it('says who has a name, with a link', async () => {
    await type('checkout-api');
    expect(
      await screen.findByText(
        /checkout-api is taken: it belongs to team Checkout/,
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: /See checkout-api/ }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout-api');
  });

  it('says what is wrong with the form of a name', async () => {
    await type('Checkout');
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        /small letters, digits/,
      ),
    );
  });
});

describe('validateServiceName', () => {
  const errorsOf = async (name: string) => {
    const addError = jest.fn();
    await validateServiceName(
      name,
      { addError } as unknown as Parameters<typeof validateServiceName>[1],
      {
        apiHolder: {
          get: () => catalogApi,
        } as unknown as Parameters<typeof validateServiceName>[2]['apiHolder'],
        formData: {},
        schema: {},
      },
    );
    return addError.mock.calls.map(([message]) => message);
  };

  it('blocks the next step where the name is taken or malformed', async () => {
    expect(await errorsOf('checkout-api')).toEqual([
      'checkout-api is taken: it belongs to team Checkout.',
    ]);
    expect(await errorsOf('A')).toHaveLength(1);
    expect(await errorsOf('delivery-quotes')).toEqual([]);
  });
});
