'use client';

interface Props {
  error: unknown;
  retry: () => void;
}

/** What a reader sees when a page fails. The digest finds the line in the log. */
export default function ErrorPage({ error, retry }: Props) {
  const digest =
    error instanceof Error && 'digest' in error ? String(error.digest) : '';
  return (
    <>
      <h1>This did not work</h1>
      <p className="lead" role="alert">
        We cannot show your parcel at the moment. The parcel itself is not
        affected.
      </p>
      <p>
        <button onClick={() => retry()} type="button">
          Try again
        </button>
      </p>
      {digest && <p className="hint">Reference for our support: {digest}</p>}
    </>
  );
}
