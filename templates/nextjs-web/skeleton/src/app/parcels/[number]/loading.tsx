/** Shown while the journey is being asked for. */
export default function Loading() {
  return (
    <div className="loading" role="status">
      Loading the journey…
    </div>
  );
}
