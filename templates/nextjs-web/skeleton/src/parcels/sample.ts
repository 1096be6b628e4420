import { createServer, type Server } from 'node:http';
import type { Journey, Parcel } from './parcel';

const HOUR = 3_600_000;

/** An instant so many hours from now, so that samples never look old. */
const hours = (count: number, now: number) =>
  new Date(Math.floor(now / HOUR) * HOUR + count * HOUR).toISOString();

/** Numbers to try, with what each of them shows. */
export const sampleNumbers = [
  { number: 'TW482915370DE', shows: 'out for delivery' },
  { number: 'TW100200305PT', shows: 'delayed' },
  { number: 'TW731040587NL', shows: 'delivered' },
] as const;

function samples(now: number): (Parcel & Journey)[] {
  const at = (count: number) => hours(count, now);
  return [
    {
      number: 'TW482915370DE',
      state: 'out-for-delivery',
      destination: 'Hamburg',
      timeZone: 'Europe/Berlin',
      expected: { from: at(1), until: at(3) },
      events: [
        { at: at(-1), place: 'Hamburg', what: 'Loaded for delivery' },
        { at: at(-9), place: 'Hannover', what: 'Left the sorting centre' },
        { at: at(-14), place: 'Hannover', what: 'Sorted' },
        { at: at(-22), place: 'Rotterdam', what: 'Handed over by the sender' },
      ],
    },
    {
      number: 'TW100200305PT',
      state: 'delayed',
      destination: 'Lisboa',
      timeZone: 'Europe/Lisbon',
      expected: { from: at(40), until: at(44) },
      events: [
        { at: at(-3), place: 'Porto', what: 'Held by a road closure' },
        { at: at(-20), place: 'Porto', what: 'Sorted' },
      ],
    },
    {
      number: 'TW731040587NL',
      state: 'delivered',
      destination: 'Utrecht',
      timeZone: 'Europe/Amsterdam',
      events: [
        { at: at(-26), place: 'Utrecht', what: 'Handed to a neighbour' },
        { at: at(-30), place: 'Utrecht', what: 'Loaded for delivery' },
        { at: at(-52), place: 'Rotterdam', what: 'Handed over by the sender' },
      ],
    },
  ];
}

/**
 * A parcels API with a few made-up parcels, for development and tests. The pages
 * say that they show samples.
 */
export function createSampleApi(): Server {
  return createServer((request, response) => {
    const [, number, part] =
      /^\/v1\/parcels\/([^/]+)(\/journey)?$/.exec(request.url ?? '') ?? [];
    const found = samples(Date.now()).find(sample => sample.number === number);
    response.setHeader('content-type', 'application/json');
    if (!found) {
      response.writeHead(404).end('{"title":"No such parcel"}');
      return;
    }
    const { events, ...parcel } = found;
    response.end(JSON.stringify(part ? { events } : parcel));
  });
}
