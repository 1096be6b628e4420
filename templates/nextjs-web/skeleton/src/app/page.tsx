import Link from 'next/link';
import { redirect } from 'next/navigation';
import { formatParcelNumber, parseParcelNumber } from '@/parcels/number';
import { sampleNumbers } from '@/parcels/sample';
import { shared } from '@/server/shared';
import { ParcelForm } from './parts/ParcelForm';

export default async function Home({ searchParams }: PageProps<'/'>) {
  const { number } = await searchParams;
  const typed = typeof number === 'string' ? number.slice(0, 40) : undefined;
  const parsed = typed && parseParcelNumber(typed);
  if (parsed) redirect(`/parcels/${parsed}`);
  return (
    <>
      <h1>Where is my parcel?</h1>
      <p className="lead">
        The number is on the confirmation that the sender gave you.
      </p>
      <ParcelForm
        {...(typed !== undefined && {
          typed,
          problem: typed.trim()
            ? 'This is no parcel number. Check it for typing mistakes.'
            : 'Enter a parcel number.',
        })}
      />
      {shared().sampleData && <Samples />}
    </>
  );
}

function Samples() {
  return (
    <section aria-labelledby="samples" className="card">
      <h2 id="samples">Numbers to try</h2>
      <ul className="samples">
        {sampleNumbers.map(({ number, shows }) => (
          <li key={number}>
            <Link href={`/parcels/${number}`} prefetch={false}>
              {formatParcelNumber(number)}
            </Link>
            , {shows}
          </li>
        ))}
      </ul>
    </section>
  );
}
