import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { Preview } from '@waymark/backstage-plugin-golden-paths-common';
import { PreviewButton } from './PreviewButton';

// The hook keeps its answers beyond the end of a test.
const mockDenied: { permission?: string } = {};
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: ({ permission }: { permission: { name: string } }) => ({
    loading: false,
    allowed: permission.name !== mockDenied.permission,
  }),
}));

const file = (path: string, content: string, rest: object = {}) => ({
  path,
  size: content.length,
  executable: false,
  binary: false,
  content,
  truncated: false,
  ...rest,
});

const made: Preview = {
  result: 'files',
  files: [
    file('Makefile', 'dev:\n\tnpm run dev\n'),
    file('README.md', '# kettle\n'),
    file('bin/run.sh', '#!/bin/sh\n', { executable: true }),
    file('chart/Chart.yaml', 'name: kettle\n'),
    file('chart/templates/service.yaml', 'kind: Service\n'),
    file('logo.png', '', { binary: true, size: 2_400, content: undefined }),
    file('package-lock.json', '{', { truncated: true, size: 1_200_000 }),
  ],
};

const answer = (body: unknown, status = 200) =>
  jest.fn(
    async () =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );

async function open(
  fetch: jest.Mock,
  options: { denied?: string; path?: string } = {},
) {
  mockDenied.permission = options.denied;
  renderInTestApp(
    <Routes>
      <Route
        path="/templates/:namespace/:templateName"
        element={<PreviewButton values={{ name: 'kettle' }} />}
      />
      <Route path="/edit" element={<PreviewButton values={{}} />} />
    </Routes>,
    {
      initialRouteEntries: [options.path ?? '/templates/default/kettle'],
      apis: [
        mockApis.discovery({ baseUrl: 'http://portal' }),
        [fetchApiRef, { fetch }],
      ],
    },
  );
  return userEvent.setup();
}

const press = async (user: ReturnType<typeof userEvent.setup>) =>
  user.click(await screen.findByRole('button', { name: 'Preview files' }));

const rows = () =>
  within(screen.getByRole('treegrid', { name: 'Files' }))
    .getAllByRole('row')
    .map(row => row.textContent);

describe('PreviewButton', () => {
  it('shows the files of the answers as a tree, the README first', async () => {
    const fetch = answer(made);
    const user = await open(fetch);
    expect(fetch).not.toHaveBeenCalled();
    await press(user);

    expect(await screen.findByText('7 files, 1.2 MB')).toBeVisible();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch).toHaveBeenCalledWith(
      'http://portal/api/golden-paths/preview',
      expect.objectContaining({
        method: 'POST',
        body: JSON.stringify({
          templateRef: 'template:default/kettle',
          values: { name: 'kettle' },
        }),
      }),
    );
    expect(rows()).toEqual([
      'bin',
      'chart',
      'logo.png',
      'Makefile',
      'package-lock.json',
      'README.md',
    ]);
    expect(screen.getByRole('region', { name: 'README.md' })).toHaveTextContent(
      '# kettle',
    );
  });

  it('opens folders and files by pointer', async () => {
    const user = await open(answer(made));
    await press(user);
    await user.click(await screen.findByRole('row', { name: 'bin' }));
    await user.click(screen.getByRole('row', { name: 'run.sh' }));
    const shown = screen.getByRole('region', { name: 'bin/run.sh' });
    expect(shown).toHaveTextContent('Executable');
    expect(shown).toHaveTextContent('#!/bin/sh');
    await user.click(screen.getByRole('row', { name: 'bin' }));
    expect(screen.queryByRole('row', { name: 'run.sh' })).toBeNull();

    await user.click(screen.getByRole('row', { name: 'logo.png' }));
    expect(screen.getByText('This is not a text file.')).toBeVisible();
    await user.click(screen.getByRole('row', { name: 'package-lock.json' }));
    expect(screen.getByText('Only the beginning is shown.')).toBeVisible();
  });

  it('opens folders and files by keyboard', async () => {
    const user = await open(answer(made));
    await press(user);
    await screen.findByRole('treegrid');
    act(() => screen.getByRole('row', { name: 'chart' }).focus());
    await user.keyboard('{ArrowRight}');
    expect(rows()).toContain('templates');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(
      screen.getByRole('region', { name: 'chart/Chart.yaml' }),
    ).toHaveTextContent('name: kettle');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Preview files' }),
      ).toHaveFocus(),
    );
  });

  it('finds files, their folders open', async () => {
    const user = await open(answer(made));
    await press(user);
    const search = await screen.findByRole('searchbox');
    await user.type(search, 'SERVICE');
    expect(rows()).toEqual(['chart', 'templates', 'service.yaml']);
    expect(screen.getByText('1 of 7 files')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close all' }));
    expect(rows()).toEqual(['chart']);
    await user.click(screen.getByRole('button', { name: 'Open all' }));
    expect(rows()).toEqual(['chart', 'templates', 'service.yaml']);
    await user.clear(search);
    await user.type(search, 'teapot');
    expect(screen.getByText('No file has “teapot” in its path.')).toBeVisible();
  });

  it('says which answers are not taken', async () => {
    const user = await open(
      answer({
        result: 'refused',
        problems: [
          { field: 'name', title: 'Name', message: 'Use small letters.' },
        ],
      }),
    );
    await press(user);
    expect(await screen.findByText('Name:')).toBeVisible();
    expect(screen.getByText('Use small letters.')).toBeVisible();
  });

  it('says what went wrong, and tries again', async () => {
    const message = 'The template cannot be rendered with these answers';
    const fetch = answer(
      {
        error: { name: 'ConflictError', message },
        response: { statusCode: 409 },
      },
      409,
    );
    const user = await open(fetch);
    await press(user);
    expect(await screen.findByText(message)).toBeVisible();
    fetch.mockImplementation(answer(made));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('7 files, 1.2 MB')).toBeVisible();
  });

  it.each([
    ['who may not create', { denied: 'scaffolder.task.create' }],
    ['a page of no template', { path: '/edit' }],
  ])('offers nothing to %s', async (_, options) => {
    await open(answer(made), options);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(screen.queryByRole('button')).toBeNull();
  });
});
