import { compareVersions, versionSchema } from '../version';
import { ServiceFact, TemplateFact } from './facts';

export const STANDINGS = [
  /** Made from the template's present version. */
  'current',
  /** Made from an older one. */
  'behind',
  /** Its version is newer than the template's, which was taken back. */
  'ahead',
  /** The template is not in the catalog, or one of both states no version. */
  'unknown',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** How a service stands to the template it names. */
export interface Position {
  standing: Standing;
  /** Known versions between both, the newest included; null where not known. */
  behind: number | null;
}

type Versions = Readonly<Pick<TemplateFact, 'version' | 'versions'>>;

const UNKNOWN: Position = { standing: 'unknown', behind: null };
/** Thousands of services have the same few versions of a template. */
const compared = new WeakMap<Versions, Map<string, Position>>();

/** Compares a service's version with its template's. */
export function positionOf(
  { version }: Pick<ServiceFact, 'version'>,
  template: Versions | undefined,
): Position {
  if (!template || version === undefined) return UNKNOWN;
  const known = compared.get(template) ?? new Map<string, Position>();
  compared.set(template, known);
  const position = known.get(version) ?? compareWith(template, version);
  known.set(version, position);
  return position;
}

function compareWith(template: Versions, mine: string): Position {
  const newest = template.version;
  if (!isVersion(mine) || !isVersion(newest)) return UNKNOWN;
  const order = compareVersions(mine, newest);
  if (order === 0) return { standing: 'current', behind: 0 };
  if (order > 0) return { standing: 'ahead', behind: 0 };
  const between = new Set(
    [...template.versions, newest].filter(
      version =>
        isVersion(version) &&
        compareVersions(version, mine) > 0 &&
        compareVersions(version, newest) <= 0,
    ),
  );
  return { standing: 'behind', behind: between.size };
}

/** Newest first; what is no version comes last, by its letters. */
export function newestFirst(a: string, b: string): number {
  const known: boolean = isVersion(a);
  if (known !== isVersion(b)) return known ? -1 : 1;
  if (known) return compareVersions(b, a);
  return a < b ? -1 : Number(a > b);
}

function isVersion(text: string | undefined): text is string {
  return versionSchema.safeParse(text).success;
}
