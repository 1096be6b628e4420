import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getParcel } from '@/parcels';
import { formatParcelNumber, parseParcelNumber } from '@/parcels/number';
import { ParcelStatus } from './ParcelStatus';

type Props = LayoutProps<'/parcels/[number]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const number = parseParcelNumber((await params).number);
  // A failure is the layout's to report.
  const parcel = number && (await getParcel(number).catch(() => true));
  return {
    title: parcel ? formatParcelNumber(number) : 'Parcel not found',
    // The address of a parcel is for those who have been given its number.
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

/**
 * What the parcel is and where it stands. Asked for here and not in the page:
 * nothing has been sent yet, so the answer still gets the right status code.
 */
export default async function ParcelLayout({ params, children }: Props) {
  const { number: typed } = await params;
  const number = parseParcelNumber(typed);
  if (!number) notFound();
  if (number !== typed) redirect(`/parcels/${number}`);
  const parcel = await getParcel(number);
  if (!parcel) notFound();
  return (
    <>
      <ParcelStatus parcel={parcel} />
      <section aria-labelledby="journey" className="card">
        <h2 id="journey">Journey</h2>
        {children}
      </section>
    </>
  );
}
