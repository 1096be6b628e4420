import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { GithubEntityProvider } from '@backstage/plugin-catalog-backend-module-github';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  DefaultEventsService,
  EventsService,
} from '@backstage/plugin-events-node';
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

/** As the catalog's client throws what the catalog answers. */
const answer = (statusCode: number, name: string) =>
  ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message: 'It says no' },
        response: { statusCode },
      }),
      {
        status: statusCode,
        headers: { 'content-type': 'application/json' },
      },
    ) as Parameters<typeof ResponseError.fromResponse>[0],
  );

const run = async (
  catalog: ReturnType<typeof catalogServiceMock.mock>,
  isDiscovered: boolean,
  timeoutSeconds?: number,
  events: EventsService = mockServices.events.mock(),
  whenDiscoveryRests = async () => false,
) => {
  const action = createCatalogRegisterAction({
    auth: mockServices.auth(),
    catalog,
    events,
    isDiscovered: () => isDiscovered,
    logger: mockServices.logger.mock(),
    whenDiscoveryRests,
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
    catalog.addLocation.mockRejectedValue(await answer(409, 'ConflictError'));

    await run(catalog, false);

    expect(catalog.addLocation).toHaveBeenCalledWith(
      { type: 'url', target: catalogInfoUrl },
      expect.anything(),
    );
  });

  it('asks the catalog to look again at what it was stopped from reading', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.refreshEntity
      .mockRejectedValueOnce(await answer(404, 'NotFoundError'))
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

  describe('with discovery', () => {
    /** Discovery as the catalog has it, and what it hands to the catalog. */
    const discovery = async () => {
      const config = mockServices.rootConfig({
        data: {
          integrations: {
            github: [
              { host: 'localhost:7300', apiBaseUrl: 'http://localhost:7300' },
            ],
          },
          catalog: {
            providers: {
              github: { host: 'localhost:7300', organization: 'tidewater' },
            },
          },
        },
      });
      const events = DefaultEventsService.create({
        logger: mockServices.logger.mock(),
      });
      const [provider] = GithubEntityProvider.fromConfig(config, {
        events,
        logger: mockServices.logger.mock(),
        schedule: { run: async () => undefined },
      });
      const applyMutation = jest.fn();
      await provider.connect({ applyMutation, refresh: jest.fn() });
      return { events, applyMutation };
    };
    const added = expect.objectContaining({
      type: 'delta',
      removed: [],
      added: [
        expect.objectContaining({
          entity: expect.objectContaining({
            kind: 'Location',
            spec: expect.objectContaining({ target: catalogInfoUrl }),
          }),
        }),
      ],
    });

    it('tells it of a push that it has not heard of', async () => {
      const { events, applyMutation } = await discovery();
      const catalog = catalogServiceMock.mock();
      catalog.refreshEntity.mockRejectedValue(
        await answer(404, 'NotFoundError'),
      );
      applyMutation.mockImplementation(async () => {
        catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));
      });

      await run(catalog, true, 10, events);

      expect(applyMutation).toHaveBeenCalledWith(added);
      expect(catalog.addLocation).not.toHaveBeenCalled();
    });

    it('ends after a run that was at work, and tells it of what it took out', async () => {
      const { events, applyMutation } = await discovery();
      const catalog = catalogServiceMock.mock();
      catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));
      applyMutation.mockImplementation(async () => {
        catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));
      });

      await run(catalog, true, 10, events, async () => {
        catalog.getEntityByRef.mockResolvedValue(undefined);
        return true;
      });

      expect(applyMutation).toHaveBeenCalledTimes(1);
      expect(applyMutation).toHaveBeenCalledWith(added);
    });

    it('does not fail for the time that such a run took', async () => {
      const { events, applyMutation } = await discovery();
      const catalog = catalogServiceMock.mock();
      catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));
      // Told of it, the catalog takes a look or two to have it.
      applyMutation.mockImplementation(async () => {
        catalog.getEntityByRef
          .mockResolvedValueOnce(undefined)
          .mockResolvedValue(entityFrom(catalogInfoUrl));
      });
      const now = jest.spyOn(Date, 'now');
      try {
        const output = await run(catalog, true, 1, events, async () => {
          const later = Date.now() + 10_000;
          now.mockImplementation(() => later);
          catalog.getEntityByRef.mockResolvedValue(undefined);
          return true;
        });
        expect(output).toHaveBeenCalledWith(
          'entityRef',
          'component:default/pay',
        );
      } finally {
        now.mockRestore();
      }
    });

    it('tells it nothing when a run that was at work left it there', async () => {
      const { events, applyMutation } = await discovery();
      const catalog = catalogServiceMock.mock();
      catalog.getEntityByRef.mockResolvedValue(entityFrom(catalogInfoUrl));

      await run(catalog, true, 10, events, async () => true);

      expect(applyMutation).not.toHaveBeenCalled();
    });

    describe('after the end', () => {
      beforeEach(() => jest.useFakeTimers({ doNotFake: ['Date'] }));
      afterEach(() => jest.useRealTimers());

      it('tells it again when it took the entity out', async () => {
        const { events, applyMutation } = await discovery();
        const catalog = catalogServiceMock.mock();
        catalog.getEntityByRef
          .mockResolvedValueOnce(entityFrom(catalogInfoUrl))
          // There at the first look, then gone, then there.
          .mockResolvedValueOnce(entityFrom(catalogInfoUrl))
          .mockResolvedValueOnce(undefined)
          .mockResolvedValue(entityFrom(catalogInfoUrl));

        await run(catalog, true, 10, events);
        await jest.advanceTimersByTimeAsync(20_000);
        expect(applyMutation).not.toHaveBeenCalled();
        await jest.advanceTimersByTimeAsync(600_000);

        expect(catalog.getEntityByRef).toHaveBeenCalledTimes(4);
        expect(applyMutation).toHaveBeenCalledTimes(1);
        expect(applyMutation).toHaveBeenCalledWith(added);
      });

      it('tells nothing where there is none', async () => {
        const events = mockServices.events.mock();
        const catalog = catalogServiceMock.mock();
        catalog.refreshEntity.mockRejectedValue(
          await answer(404, 'NotFoundError'),
        );
        catalog.getEntityByRef
          .mockResolvedValueOnce(undefined)
          .mockResolvedValueOnce(undefined)
          .mockResolvedValueOnce(entityFrom(catalogInfoUrl))
          .mockResolvedValue(undefined);

        await run(catalog, false, 10, events);
        await jest.advanceTimersByTimeAsync(600_000);

        expect(catalog.getEntityByRef).toHaveBeenCalledTimes(3);
        expect(events.publish).not.toHaveBeenCalled();
      });
    });
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
