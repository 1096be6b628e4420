import { Five, MetricsAnswer } from '@waymark/backstage-plugin-dora-common';
import { ChartPoint } from '../charts/Chart';
import { EventsHref, EventsOf } from '../events/eventsQuery';

type Point = MetricsAnswer['series'][number];

/** Days of an interval as people say them; its end does not belong to it. */
function rangeOf({ from, to, partial }: Point, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  });
  const days = format.formatRange(Date.parse(from), Date.parse(to) - 1);
  return partial ? `${days} (a part)` : days;
}

/** Points of a chart from the values of each interval. */
export function chartPoints(
  { series, window: { timeZone } }: MetricsAnswer,
  valuesOf: (five: Five) => ChartPoint['values'],
  events: { of: EventsOf; hrefOf: EventsHref },
): ChartPoint[] {
  const mark = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone,
  });
  return series.map(point => ({
    id: point.label,
    label: rangeOf(point, timeZone),
    mark: mark.format(Date.parse(point.from)),
    values: valuesOf(point.metrics),
    href: events.hrefOf({
      ...events.of,
      within: { from: point.from, to: point.to },
    }),
  }));
}
