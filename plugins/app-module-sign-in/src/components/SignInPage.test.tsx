import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { discoveryApiRef, IdentityApi } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { SignInPage } from './SignInPage';

const personas = [
  {
    entityRef: 'user:default/maya.okafor',
    title: 'Maya Okafor',
    description: 'Developer in the Checkout team',
  },
  { entityRef: 'user:default/jonas.lind', title: 'Jonas Lind' },
];
const session = {
  profile: {},
  backstageIdentity: {
    token: 'h.e30.s',
    identity: {
      type: 'user',
      userEntityRef: 'user:default/maya.okafor',
      ownershipEntityRefs: ['user:default/maya.okafor'],
    },
  },
};
const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
const refused = (status: number, name: string) =>
  answer(status, {
    error: { name, message: name },
    response: { statusCode: status },
  });

function render(config: object) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: { app: { title: 'Waymark' }, ...config },
    apis: [[discoveryApiRef, mockApis.discovery()]],
  });
  return onSignInSuccess;
}
const laptop = { auth: { providers: { persona: { users: personas } } } };

describe('SignInPage', () => {
  let fetchMock: jest.SpyInstance<Promise<Response>, Parameters<typeof fetch>>;

  beforeEach(() => {
    window.localStorage.clear();
    fetchMock = jest.spyOn(global, 'fetch');
  });
  afterEach(() => {
    fetchMock.mockRestore();
  });

  const chooseMaya = async () =>
    userEvent.click(
      await screen.findByRole('button', { name: /Enter as Maya Okafor/ }),
    );

  it('offers the personas, enters as the one chosen and remembers it', async () => {
    fetchMock.mockImplementation(async () => answer(200, session));
    const onSignInSuccess = render(laptop);
    expect(
      await screen.findByText(/Laptop mode: no password is asked/),
    ).toBeVisible();
    expect(screen.getByText('Developer in the Checkout team')).toBeVisible();
    await chooseMaya();

    await screen.findByText('Entering as Maya Okafor');
    const [url, init] = fetchMock.mock.calls[0];
    expect(String(url)).toMatch(/\/api\/auth\/persona\/refresh$/);
    expect(new Headers(init?.headers).get('x-waymark-persona')).toBe(
      'user:default/maya.okafor',
    );
    expect(window.localStorage.getItem('waymark.persona')).toBe(
      'user:default/maya.okafor',
    );
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getProfileInfo()).toMatchObject({
      displayName: 'Maya Okafor',
    });

    await identity.signOut();
    expect(window.localStorage.getItem('waymark.persona')).toBeNull();
  });

  it('skips the chooser for a remembered persona', async () => {
    window.localStorage.setItem('waymark.persona', personas[0].entityRef);
    fetchMock.mockImplementation(async () => answer(200, session));
    render(laptop);
    expect(await screen.findByText('Entering as Maya Okafor')).toBeVisible();
  });

  it('asks again while the catalog does not know the person yet', async () => {
    fetchMock
      .mockImplementationOnce(async () => refused(404, 'NotFoundError'))
      .mockImplementation(async () => answer(200, session));
    const onSignInSuccess = render(laptop);
    await chooseMaya();
    expect(
      await screen.findByText(/still reading the people of the company/),
    ).toBeVisible();
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1), {
      timeout: 10_000,
    });
  });

  it('says so where the portal refuses, and leads back', async () => {
    fetchMock.mockImplementation(async () =>
      refused(401, 'AuthenticationError'),
    );
    render(laptop);
    await chooseMaya();
    expect(
      await screen.findByText('The portal did not let this person in.'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Choose someone else' }),
    );
    expect(await screen.findByText('Who do you want to be?')).toBeVisible();
  });

  it('says what to configure where nothing is', async () => {
    render({});
    expect(await screen.findByText('Nobody can sign in yet')).toBeVisible();
  });
});
