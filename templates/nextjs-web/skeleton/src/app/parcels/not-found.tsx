import { ParcelForm } from '../parts/ParcelForm';

export default function ParcelNotFound() {
  return (
    <>
      <h1>Parcel not found</h1>
      <p className="lead">
        There is no parcel of this number. A new one shows up a few hours after
        the sender has announced it.
      </p>
      <ParcelForm />
    </>
  );
}
