import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { shared } from '@/server/shared';
import './globals.css';
import { WebVitals } from './parts/WebVitals';

export const metadata: Metadata = {
  title: { default: 'Parcel tracking', template: '%s · Parcel tracking' },
  description: 'See where your parcel is and when it arrives.',
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f7f8' },
    { media: '(prefers-color-scheme: dark)', color: '#10181c' },
  ],
};

export default async function Layout({ children }: LayoutProps<'/'>) {
  // A page made at build time could not carry the nonce of a request.
  await connection();
  return (
    <html lang="en">
      <body>
        <WebVitals />
        <a className="skip" href="#content">
          Skip to content
        </a>
        <header>
          <Link className="brand" href="/">
            Parcel tracking
          </Link>
          {shared().sampleData && (
            <p className="notice">Sample data: these parcels do not exist.</p>
          )}
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}
