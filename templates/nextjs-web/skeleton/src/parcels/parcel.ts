import { z } from 'zod';

export const parcelStates = [
  'announced',
  'in-transit',
  'out-for-delivery',
  'delivered',
  'delayed',
  'returned',
] as const;

const timeZone = z.string().refine(zone => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'is no IANA time zone');

/** A parcel as the parcels API describes it. Fields not named are left out. */
export const parcelSchema = z.object({
  number: z.string(),
  state: z.enum(parcelStates),
  /** Where it goes: a town, never a street or a name. */
  destination: z.string(),
  /** Time zone of the destination. */
  timeZone,
  /** When it is expected, as long as it has not arrived. */
  expected: z
    .object({ from: z.iso.datetime(), until: z.iso.datetime() })
    .optional(),
});

export const journeySchema = z.object({
  events: z.array(
    z.object({
      at: z.iso.datetime(),
      place: z.string(),
      what: z.string(),
    }),
  ),
});

export type Parcel = z.infer<typeof parcelSchema>;
export type Journey = z.infer<typeof journeySchema>;
export type ParcelState = Parcel['state'];
