import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  apiMock,
  entity,
  REF,
  reportOf,
  RULES,
  VERDICTS,
} from '../../__testUtils__/facts';
import { fixOf, previewOf } from '../../__testUtils__/fixes';
import { render } from '../../__testUtils__/render';
import { ComplianceTab } from '../entity/ComplianceTab';

const TITLE = 'Base images are supported';
const OPEN = `Open a pull request: ${TITLE}`;

const tab = (
  <EntityProvider entity={entity}>
    <ComplianceTab />
  </EntityProvider>
);
const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));
const failure = (name: string, message: string) =>
  Object.assign(new Error(message), { name });

/** Of the rules, one has a fix. */
function fixableApi() {
  const api = apiMock();
  const outcomes = {
    ...{ pass: 0, fail: 1, unknown: 0, exempt: 0 },
    'not-applicable': 0,
  };
  api.getRules.mockResolvedValue({
    revision: 'r1',
    rules: RULES.map(rule => ({
      ...rule,
      outcomes,
      ...(rule.id === 'supported-image' && { pullRequest: 'image' }),
    })),
  });
  return api;
}

async function openDialog(api = fixableApi()) {
  render(tab, { api });
  const first = await region('What to fix first');
  const button = await first.findByRole('button', { name: OPEN });
  await userEvent.click(button);
  return { api, button, dialog: within(await screen.findByRole('dialog')) };
}

describe('a pull request for a rule', () => {
  it('is shown before it is opened, then leads to it', async () => {
    const { api, dialog, button } = await openDialog();
    expect(await dialog.findByText('The rule will pass')).toBeVisible();
    const changed = dialog.getByRole('group', { name: /^Dockerfile/ });
    expect(changed).toHaveAccessibleName('Dockerfile 1 line added, 1 removed');
    expect(within(changed).getByText('-')).toBeVisible();
    expect(changed).toHaveTextContent(
      /^- ?FROM node:14 \+ ?FROM node:24 CMD \["start"\]$/,
    );
    expect(
      dialog.getByRole('group', { name: /^docs\/images\.md/ }),
    ).toHaveAccessibleName('docs/images.md new file, 3 lines added');
    expect(await dialog.findByText('Old images get no fixes.')).toBeVisible();
    expect(api.createFix).not.toHaveBeenCalled();

    await userEvent.click(
      dialog.getByRole('button', { name: 'Create pull request' }),
    );
    const link = await dialog.findByRole('link', {
      name: 'Look at the pull request',
    });
    expect(link).toHaveAttribute('href', fixOf().pullRequestUrl);
    await waitFor(() => expect(link).toHaveFocus());
    const request = { entityRef: REF, rule: 'supported-image' };
    expect(api.previewFix.mock.calls).toEqual([[request]]);
    expect(api.createFix.mock.calls).toEqual([[request]]);

    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const first = await region('What to fix first');
    expect(
      first.getByRole('link', { name: 'Pull request #7' }),
    ).toHaveAttribute('href', fixOf().pullRequestUrl);
    expect(button).toHaveAccessibleName(`Update the pull request: ${TITLE}`);
    await waitFor(() => expect(button).toHaveFocus());
  });

  it('is offered beside its rule, and for no other', async () => {
    render(tab, { api: fixableApi() });
    const security = await region('Security');
    await userEvent.click(security.getByRole('button', { name: /No secret/ }));
    await userEvent.click(
      security.getByRole('button', { name: /^Base images.*Fails/ }),
    );
    expect(await security.findByRole('button', { name: OPEN })).toBeVisible();
    expect(
      screen.getAllByRole('button', { name: /^Open a pull request/ }),
    ).toHaveLength(2);
  });

  it('is named in the card where it is not among the first', async () => {
    const api = fixableApi();
    const { revision, rules } = await api.getRules();
    const heavier = Array.from({ length: 5 }, (_, at) => ({
      ...rules[0],
      id: `heavy-${at}`,
      title: `Heavy ${at}`,
    }));
    api.getRules.mockResolvedValue({ revision, rules: [...rules, ...heavier] });
    api.getReport.mockResolvedValue(
      reportOf({
        verdicts: [
          ...heavier.map(({ id }) => ({ ...VERDICTS[0], rule: id })),
          VERDICTS[1],
        ],
      }),
    );
    render(tab, { api });
    const first = await region('What to fix first');
    expect(
      await first.findByText(/^1 more rule fails.* A pull request can fix/),
    ).toBeVisible();
    expect(first.getByRole('link', { name: TITLE })).toHaveAttribute(
      'href',
      '/#supported-image',
    );
  });

  it('is for the platform team, too, and for nobody else', async () => {
    const platform = ['group:default/platform-engineering'];
    const { unmount } = render(tab, { api: fixableApi(), groups: platform });
    expect(await screen.findByRole('button', { name: OPEN })).toBeVisible();
    unmount();

    const api = fixableApi();
    api.getFixes.mockResolvedValue([fixOf()]);
    render(tab, { api, groups: ['group:default/others'] });
    expect(
      await screen.findAllByRole('link', { name: 'Pull request #7' }),
    ).toHaveLength(1);
    expect(
      screen.queryByRole('button', { name: /pull request/ }),
    ).not.toBeInTheDocument();
  });

  it('says what is left to do by hand', async () => {
    const api = fixableApi();
    api.previewFix.mockResolvedValue(
      previewOf({
        passes: false,
        remaining: ['The image of the tests is too old.'],
        pullRequestUrl: fixOf().pullRequestUrl,
      }),
    );
    const { dialog } = await openDialog(api);
    expect(
      await dialog.findByText('The rule will not pass with this alone'),
    ).toBeVisible();
    expect(dialog.getByRole('listitem')).toHaveTextContent(
      'The image of the tests is too old.',
    );
    expect(
      dialog.getByRole('button', { name: 'Update pull request' }),
    ).toBeVisible();
  });

  it('opens what was shown: what is typed is shown again first', async () => {
    const api = fixableApi();
    const inputs = [
      { name: 'owner', title: 'Owner' },
      {
        ...{ name: 'lifecycle', title: 'Lifecycle', value: 'production' },
        options: ['experimental', 'production'],
      },
    ];
    api.previewFix.mockResolvedValueOnce(previewOf({ inputs }));
    const { dialog } = await openDialog(api);
    const owner = await dialog.findByRole('textbox', { name: 'Owner' });
    await userEvent.type(owner, 'chekout');
    expect(dialog.queryByRole('button', { name: /^Create/ })).toBeNull();
    expect(dialog.queryByText('The rule will pass')).toBeNull();

    api.previewFix.mockRejectedValueOnce(
      failure('InputError', 'owner: there is no group chekout'),
    );
    const again = () =>
      userEvent.click(
        dialog.getByRole('button', { name: 'Show the change again' }),
      );
    await again();
    expect(
      await dialog.findByText('owner: there is no group chekout'),
    ).toBeVisible();
    expect(owner).toHaveValue('chekout');
    expect(dialog.queryByRole('button', { name: /^Create/ })).toBeNull();

    await userEvent.clear(owner);
    await userEvent.type(owner, 'checkout');
    api.previewFix.mockResolvedValueOnce(
      previewOf({ inputs: [{ ...inputs[0], value: 'checkout' }, inputs[1]] }),
    );
    await again();
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Create pull request' }),
    );
    await dialog.findByText('Pull request #7 is open');
    expect(api.createFix).toHaveBeenCalledWith({
      entityRef: REF,
      rule: 'supported-image',
      inputs: { owner: 'checkout', lifecycle: 'production' },
    });
  });
});

describe('a pull request that cannot be opened', () => {
  async function refused(name: string, message: string) {
    const api = fixableApi();
    api.previewFix.mockRejectedValueOnce(failure(name, message));
    const { dialog } = await openDialog(api);
    const alert = within(await dialog.findByRole('alert'));
    expect(dialog.getByText('Fix supported-image')).toBeVisible();
    expect(dialog.queryByRole('button', { name: /^Create/ })).toBeNull();
    return { dialog, alert };
  }

  it.each([
    ['ConflictError', /^The repository is archived\.$/],
    ['NotAllowedError', /^Members of the group that owns it and of/],
  ])('says why at once, and how to do it by hand: %s', async (name, words) => {
    const { alert } = await refused(name, 'The repository is archived.');
    expect(alert.getByText(words)).toBeVisible();
    expect(alert.queryByRole('button')).not.toBeInTheDocument();
  });

  it.each([
    ['ServiceUnavailableError', /^It answered 502\. Try again in a few/],
    ['TypeError', /^Check your connection/],
    ['Error', /^It answered 502\.$/],
  ])('offers to try again where that may help: %s', async (name, words) => {
    const { alert, dialog } = await refused(name, 'It answered 502.');
    expect(alert.getByText(words)).toBeVisible();
    await userEvent.click(alert.getByRole('button', { name: 'Try again' }));
    expect(await dialog.findByText('The rule will pass')).toBeVisible();
  });

  it('keeps the change and can be asked once more', async () => {
    const api = fixableApi();
    api.createFix.mockRejectedValueOnce(
      failure('ConflictError', 'The Git host refused the pull request.'),
    );
    const { dialog } = await openDialog(api);
    const create = await dialog.findByRole('button', {
      name: 'Create pull request',
    });
    await userEvent.click(create);
    const alert = within(await dialog.findByRole('alert'));
    expect(alert.getByText('The pull request was not opened')).toBeVisible();
    expect(dialog.getByText('The rule will pass')).toBeVisible();
    await userEvent.click(create);
    expect(await dialog.findByText('Pull request #7 is open')).toBeVisible();
  });
});
