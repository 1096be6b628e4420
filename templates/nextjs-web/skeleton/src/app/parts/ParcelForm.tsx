import Form from 'next/form';

interface Props {
  /** What was sent before. */
  typed?: string;
  /** Why that is no parcel number. */
  problem?: string;
}

/** Asks for a parcel number. A plain GET form, so it works without scripts. */
export function ParcelForm({ typed, problem }: Props) {
  return (
    <Form action="/" className="search" role="search">
      <label htmlFor="number">Parcel number</label>
      <div className="row">
        <input
          aria-describedby={problem ? 'hint problem' : 'hint'}
          aria-invalid={Boolean(problem)}
          autoCapitalize="characters"
          autoComplete="off"
          defaultValue={typed}
          id="number"
          key={typed}
          maxLength={40}
          name="number"
          required
          spellCheck={false}
          type="text"
        />
        <button type="submit">Track</button>
      </div>
      <p className="hint" id="hint">
        Two letters, nine digits, two letters:{' '}
        <span className="example">TW 4829 1537 0 DE</span>
      </p>
      {problem && (
        <p className="problem" id="problem" role="alert">
          {problem}
        </p>
      )}
    </Form>
  );
}
