import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { LIMITS } from './limits';
import { Previewer } from './Previewer';

const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'kettle', namespace: 'default' },
  spec: { type: 'service', steps: [] },
};
const request = { templateRef: 'template:default/kettle', values: {} };
const user = mockCredentials.user();

const allowed = () =>
  mockServices.permissions({ result: AuthorizeResult.ALLOW });

const previewer = (engine: jest.Mock, permissions = allowed()) =>
  new Previewer({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [template] }),
    engine,
    permissions,
    readSource: async () => [],
  });
describe('Previewer', () => {
  afterEach(() => jest.restoreAllMocks());

  it('asks nobody else where the policy hides some of the steps', async () => {
    const engine = jest.fn();
    const permissions = mockServices.permissions.mock({
      authorize: async queries =>
        queries.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async queries =>
        queries.map(() => ({
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'scaffolder',
          resourceType: 'scaffolder-template',
          conditions: { rule: 'HAS_TAG', resourceType: 'scaffolder-template' },
        })),
    });
    await expect(
      previewer(engine, permissions).preview(request, user),
    ).rejects.toThrow('You may not preview');
    expect(engine).not.toHaveBeenCalled();
  });

  it('works on a few at once and lets a few wait', async () => {
    let finish = () => {};
    const end = new Promise<void>(resolve => {
      finish = resolve;
    });
    const engine = jest.fn(async () => {
      await end;
      return { kind: 'made', files: [] };
    });
    const previews = previewer(engine);
    const accepted = Array.from(
      { length: LIMITS.atOnce + LIMITS.waiting },
      () => previews.preview(request, user),
    );
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(engine).toHaveBeenCalledTimes(LIMITS.atOnce);
    await expect(previews.preview(request, user)).rejects.toThrow(
      'Too many previews',
    );
    finish();
    await expect(Promise.all(accepted)).resolves.toHaveLength(24);
  });

  it('ends what takes too long', async () => {
    const ended = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(ended.signal);
    const engine = jest.fn(() => new Promise(() => {}));
    const preview = previewer(engine).preview(request, user);
    setTimeout(() => ended.abort(), 10);
    await expect(preview).rejects.toThrow('longer than 30 seconds');
  });
});
