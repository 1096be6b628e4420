'use client';

import { useReportWebVitals } from 'next/web-vitals';

type Report = Parameters<typeof useReportWebVitals>[0];

const report: Report = ({ name, value }) => {
  const body = JSON.stringify({ name, value, path: location.pathname });
  // A beacon is sent even while the page is being left.
  navigator.sendBeacon(
    '/vitals',
    new Blob([body], { type: 'application/json' }),
  );
};

/** Tells the service how fast the page was for this reader. */
export function WebVitals() {
  useReportWebVitals(report);
  return null;
}
