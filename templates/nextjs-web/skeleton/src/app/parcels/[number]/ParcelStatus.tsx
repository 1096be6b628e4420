import { formatWindow } from '@/parcels/format';
import { formatParcelNumber } from '@/parcels/number';
import type { Parcel, ParcelState } from '@/parcels/parcel';

const TITLES: Record<ParcelState, string> = {
  announced: 'Announced',
  'in-transit': 'On its way',
  'out-for-delivery': 'Out for delivery',
  delivered: 'Delivered',
  delayed: 'Delayed',
  returned: 'Going back to the sender',
};

const STEPS: ParcelState[] = [
  'announced',
  'in-transit',
  'out-for-delivery',
  'delivered',
];

/** A delayed parcel is still on its way. */
const stepOf = (state: ParcelState) =>
  STEPS.indexOf(state === 'delayed' ? 'in-transit' : state);

/** Where a parcel stands, and when it is expected. */
export function ParcelStatus({ parcel }: { parcel: Parcel }) {
  const { number, state, destination, expected, timeZone } = parcel;
  return (
    <>
      <p className="number">{formatParcelNumber(number)}</p>
      <h1 data-state={state}>{TITLES[state]}</h1>
      <p className="lead">
        {expected ? (
          <>
            Expected in {destination} on{' '}
            <time dateTime={expected.from}>
              {formatWindow(expected.from, expected.until, timeZone)}
            </time>
            , local time.
          </>
        ) : (
          <>Destination: {destination}.</>
        )}
      </p>
      {stepOf(state) >= 0 && <Steps current={stepOf(state)} />}
    </>
  );
}

function Steps({ current }: { current: number }) {
  return (
    <ol aria-label="Progress" className="steps">
      {STEPS.map((step, index) => (
        <li
          aria-current={index === current ? 'step' : undefined}
          data-done={index <= current}
          key={step}
        >
          {TITLES[step]}
        </li>
      ))}
    </ol>
  );
}
