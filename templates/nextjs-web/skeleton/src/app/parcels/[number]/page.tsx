import { notFound } from 'next/navigation';
import { getJourney, getParcel } from '@/parcels';
import { formatInstant } from '@/parcels/format';

export default async function ParcelPage({
  params,
}: PageProps<'/parcels/[number]'>) {
  const { number } = await params;
  const [parcel, journey] = await Promise.all([
    getParcel(number),
    getJourney(number),
  ]);
  if (!parcel || !journey) notFound();
  if (journey.events.length === 0) return <p>Nothing has happened yet.</p>;
  return (
    <ol className="journey">
      {journey.events.map(({ at, place, what }) => (
        <li key={`${at} ${what}`}>
          <strong>{what}</strong>
          <span>
            {place},{' '}
            <time dateTime={at}>{formatInstant(at, parcel.timeZone)}</time>
          </span>
        </li>
      ))}
    </ol>
  );
}
