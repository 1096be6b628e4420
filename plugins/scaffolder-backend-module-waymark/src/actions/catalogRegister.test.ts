import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createCatalogRegisterAction } from './catalogRegister';

const catalogInfoUrl =
  'http://localhost:7300/tidewater/pay/blob/main/catalog-info.yaml';

const entityFrom = (location: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'pay',
    annotations: { 'backstage.io/managed-by-location': `url:${location}` },
  },
});

const run = async (
  catalog: ReturnType<typeof catalogServiceMock.mock>,
  isDiscovered: boolean,
  timeoutSeconds?: number,
) => {
  const action = createCatalogRegisterAction({
    auth: mockServices.auth(),
    catalog,
    isDiscovered: () => isDiscovered,
    refreshMs: 0,
  });
  const context = createMockActionContext({
    input: { entityRef: 'component:pay', catalogInfoUrl, timeoutSeconds },
  });
  await action.handler(context);
  return context.output;
};

describe('waymark:catalog:register', () => {
  it('waits for discovery, and registers nothing beside it', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef
      .mockResolvedValueOnce(undefined)
      .mockResolvedValue(entityFrom(catalogInfoUrl));

    const output = await run(catalog, true);

    expect(catalog.addLocation).not.toHaveBeenCalled();
    expect(output).toHaveBeenCalledWith('entityRef', 'component:default/pay');
  });

  it('registers the location where nothing discovers it, also twice', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef
      .mockResolvedValueOnce(undefined)
      .mockResolvedValue(entityFrom(catalogInfoUrl));
    catalog.addLocation.mockRejectedValue(new ConflictError('exists already'));

    await run(catalog, false);

    expect(catalog.addLocation).toHaveBeenCalledWith(
      { type: 'url', target: catalogInfoUrl },
      expect.anything(),
    );
  });

  it('asks the catalog to look again at what it was stopped from reading', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.refreshEntity
      .mockRejectedValueOnce(new NotFoundError('not discovered yet'))
      .mockImplementationOnce(async () => {
        catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));
      });

    await run(catalog, true);

    expect(catalog.refreshEntity).toHaveBeenCalledTimes(2);
    expect(catalog.refreshEntity).toHaveBeenCalledWith(
      // sha1 of url:<catalogInfoUrl>: the name discovery gives it.
      expect.stringMatching(/^location:default\/generated-[0-9a-f]{40}$/),
      expect.anything(),
    );
    expect(catalog.addLocation).not.toHaveBeenCalled();
  });

  it('passes on why a location is refused', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.addLocation.mockRejectedValue(new Error('not allowed'));

    await expect(run(catalog, false)).rejects.toThrow('not allowed');
  });

  it('refuses a name that belongs to another repository', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef.mockResolvedValue(
      entityFrom(
        'http://localhost:7300/tidewater/other/blob/main/catalog-info.yaml',
      ),
    );

    await expect(run(catalog, true)).rejects.toThrow(
      /component:default\/pay is already in the catalog.*other/,
    );
  });

  it('says what to do when the entity never appears', async () => {
    const catalog = catalogServiceMock.mock();

    await expect(run(catalog, true, 1)).rejects.toThrow(
      /did not appear in the catalog within 1 s.*check that it is valid/,
    );
  });
});
