import { insightsMock } from '../../__testUtils__/insights';
import { VisitCounter } from './VisitCounter';

describe('counting forms', () => {
  const heard = (...events: [string, string, string?][]) => {
    const api = insightsMock();
    const counter = new VisitCounter(api);
    for (const [action, subject, pluginId = 'scaffolder'] of events) {
      counter.captureEvent({
        action,
        subject,
        context: { pluginId, extensionId: 'page:scaffolder' },
      });
    }
    return api.sendVisit.mock.calls.map(([visit]) => visit);
  };
  const FORM = '/portal/create/templates/default/node-api';

  it('counts each opening once, however the address changes while one types', () => {
    const visits = heard(
      ['navigate', '/portal/create'],
      ['navigate', FORM, 'app'],
      ['navigate', FORM],
      ['navigate', `${FORM}?formData=%7B%7D`, 'app'],
      ['navigate', `${FORM}?formData=%7B%22name%22%3A%22a%22%7D`],
      ['navigate', '/portal/catalog', 'catalog'],
      ['navigate', FORM],
    );
    expect(visits).toEqual(
      [1, 2].map(() => ({
        visit: expect.stringMatching(/^[0-9a-f-]{36}$/),
        templateRef: 'template:default/node-api',
        step: 'opened',
      })),
    );
    expect(visits[0].visit).not.toBe(visits[1].visit);
  });

  it('counts that it was sent, also after the page of the task has opened', () => {
    const [opened, started] = heard(
      ['navigate', FORM],
      ['navigate', '/portal/create/tasks/abc'],
      ['create', 'Task has been created'],
    );
    expect(started).toEqual({ ...opened, step: 'started' });
  });

  it('hears nothing of other pages and other plugins', () => {
    expect(
      heard(
        ['navigate', FORM, 'catalog'],
        [
          'navigate',
          '/golden-paths/templates/default/node-api',
          'golden-paths',
        ],
        ['click', 'Next Step (1)'],
        ['create', 'Task has been created'],
      ),
    ).toEqual([]);
  });
});
