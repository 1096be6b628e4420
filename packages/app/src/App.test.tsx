import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('starts, in its own theme', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Waymark', baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as unknown as string,
    };
    render(App.createRoot());
    expect(
      await screen.findByRole('heading', { name: 'Waymark' }),
    ).toBeInTheDocument();
    expect(document.body).toHaveAttribute('data-theme-name', 'waymark');
  });
});
