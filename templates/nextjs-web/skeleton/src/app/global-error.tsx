'use client';

import './globals.css';

/** Stands in for the whole document when even the layout fails. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Parcel tracking</title>
        <main id="content">
          <h1>This did not work</h1>
          <p className="lead">Please load the page again in a minute.</p>
          <p>
            {/* A full load: the state of this document is not to be trusted. */}
            <a href="/">Track a parcel</a>
          </p>
        </main>
      </body>
    </html>
  );
}
