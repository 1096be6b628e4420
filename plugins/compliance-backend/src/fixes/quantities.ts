/** What a container asks for and may take. */
export type Resources = Partial<
  Record<'requests' | 'limits', Partial<Record<'cpu' | 'memory', unknown>>>
>;

/** A value that is missing, and what it could be. */
export interface Quantity {
  part: 'requests' | 'limits';
  resource: 'cpu' | 'memory';
  value: string;
}

/** As the platform's chart begins with. */
const CPU_REQUEST = '100m';
const CPU_LIMIT = 1;
const MEMORY = '256Mi';

/**
 * What a container lacks: as much memory as it is limited to, which is what the
 * platform's chart asks of golden paths, and CPU for ten times what it requests.
 */
export function missingQuantities(resources: Resources = {}): Quantity[] {
  const { requests = {}, limits = {} } = resources;
  const memory = String(requests.memory ?? limits.memory ?? MEMORY);
  const request = cores(requests.cpu);
  const limit = cores(limits.cpu);
  const cpu = {
    requests:
      limit !== undefined && limit < 0.1 ? String(limits.cpu) : CPU_REQUEST,
    limits: String(Math.max(CPU_LIMIT, Math.ceil((request ?? 0) * 2))),
  };
  const all: Quantity[] = [
    { part: 'requests', resource: 'cpu', value: cpu.requests },
    { part: 'requests', resource: 'memory', value: memory },
    { part: 'limits', resource: 'cpu', value: cpu.limits },
    { part: 'limits', resource: 'memory', value: memory },
  ];
  return all.filter(({ part, resource }) => !resources[part]?.[resource]);
}

function cores(value: unknown): number | undefined {
  const [, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(value)) ?? [];
  if (number === undefined) return undefined;
  return Number(number) / (milli ? 1000 : 1);
}
