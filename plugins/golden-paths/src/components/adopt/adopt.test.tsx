import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADOPTED,
  apiMock,
  entity,
  LOOKS_LIKE,
  PROVENANCE,
} from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { OriginCard } from '../entity/OriginCard';
import { writtenLines } from './writtenLines';

const card = (
  <EntityProvider entity={entity}>
    <OriginCard />
  </EntityProvider>
);
const [CANDIDATE] = LOOKS_LIKE.candidates;
const FILES = [
  {
    path: 'catalog-info.yaml',
    before: 'kind: Component\nspec:\n  type: service\n',
    after: 'kind: Component\nspec:\n  type: service\n  scaffoldedFrom: a\n',
  },
];

function apiOf(stated: typeof PROVENANCE.stated = null) {
  const api = apiMock();
  api.getProvenance.mockResolvedValue({
    ...PROVENANCE,
    stated,
    creation: null,
  });
  return api;
}

const ask = async () => {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Adopt a golden path' }),
  );
  return within(await screen.findByRole('dialog'));
};

describe('a component that no golden path made', () => {
  it('is compared with them, answered for, and adopted by pull request', async () => {
    const api = apiOf();
    render(card, { api });
    const dialog = await ask();
    expect(
      await dialog.findByText('It is almost certainly Node.js API 1.4.0'),
    ).toBeVisible();
    expect(dialog.getByText(CANDIDATE.evidence[0])).toBeVisible();
    expect(dialog.getByText('The catalog says so.')).toBeVisible();
    const show = dialog.getByRole('button', {
      name: 'Show what would be written',
    });
    expect(show).toBeDisabled();

    api.previewAdoption.mockResolvedValueOnce({
      ...LOOKS_LIKE,
      candidates: [],
      files: FILES,
    });
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Description/ }),
      'Prices.',
    );
    await userEvent.click(show);
    expect(await dialog.findByText(/scaffoldedFrom: a/)).toBeVisible();
    const { templateRef, version, commit } = CANDIDATE;
    const chosen = {
      templateRef,
      version,
      commit,
      inputs: {
        name: 'quotes',
        description: 'Prices.',
        replicas: 3,
        database: false,
      },
    };
    const { entityRef } = LOOKS_LIKE;
    expect(api.previewAdoption).toHaveBeenLastCalledWith({ entityRef, chosen });

    api.getAdoptions.mockResolvedValue([ADOPTED]);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Create pull request' }),
    );
    expect(api.createAdoption).toHaveBeenCalledWith({ entityRef, ...chosen });
    const link = await dialog.findByRole('link', {
      name: 'Look at the pull request',
    });
    expect(link).toHaveAttribute('href', ADOPTED.pullRequestUrl);
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByText(/puts it on a golden path/)).toBeVisible();
  });

  it('is welcome as it is where it looks like none', async () => {
    const api = apiOf();
    api.previewAdoption.mockResolvedValue({
      ...LOOKS_LIKE,
      suggested: null,
      candidates: [{ ...CANDIDATE, confidence: 0.12 }],
    });
    render(card, { api });
    const dialog = await ask();
    expect(
      await dialog.findByText('It looks like no golden path.'),
    ).toBeVisible();
    expect(dialog.getByText(/Node.js API \(12\s%\)/)).toBeVisible();
    expect(dialog.queryByRole('button', { name: /pull request/ })).toBeNull();
  });

  it('lets its owners choose where it looks like more than one', async () => {
    const api = apiOf();
    api.previewAdoption.mockResolvedValue({
      ...LOOKS_LIKE,
      candidates: [
        CANDIDATE,
        {
          ...CANDIDATE,
          templateRef: 'template:default/java',
          title: 'Java service',
          confidence: 0.6,
        },
      ],
    });
    render(card, { api });
    const dialog = await ask();
    await userEvent.click(await dialog.findByLabelText(/Java service, 60/));
    expect(dialog.getByText('It is probably Java service 1.4.0')).toBeVisible();
  });

  it('says why it cannot be adopted, and offers nothing to others', async () => {
    const api = apiOf();
    const refused = new Error('The repository is archived.');
    refused.name = 'ConflictError';
    api.previewAdoption.mockRejectedValue(refused);
    const { unmount } = render(card, { api });
    const dialog = await ask();
    expect(await dialog.findByText(refused.message)).toBeVisible();
    unmount();

    render(
      <EntityProvider entity={{ ...entity, relations: [] }}>
        <OriginCard />
      </EntityProvider>,
      { api },
    );
    expect(
      await screen.findByText('Made by hand, or before golden paths'),
    ).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that it was adopted once it is', async () => {
    render(card, { api: apiOf({ ...PROVENANCE.stated!, adopted: true }) });
    expect(await screen.findByText(/^Adopted/)).toBeVisible();
    expect(screen.queryByText(/Made by/)).toBeNull();
  });
});

describe('what is written', () => {
  it('is shown with the lines around it, and lines that are replaced', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'old', 'h', ''];
    const after = ['a', 'new', 'b', 'c', 'd', 'e', 'f', 'g', 'newer', 'h', ''];
    const passages = writtenLines(before.join('\n'), after.join('\n'));
    const words = passages.map(lines =>
      lines.map(({ text, isNew }) => (isNew ? `+${text}` : text)).join(' '),
    );
    expect(words).toEqual(['a +new b c', 'f g +newer h']);
    expect(writtenLines(null, 'x\ny\n')).toEqual([
      [
        { line: 1, text: 'x', isNew: true },
        { line: 2, text: 'y', isNew: true },
      ],
    ]);
  });
});
