import {
  AdoptionAnswer,
  CreationFact,
  DriftingService,
  TemplateAnswer,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Columns } from './csv';

type Share = AdoptionAnswer['share'];

const when = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString();
const ofNew = <T>(get: (row: T) => Share): Columns<T> => [
  ['New services', row => get(row).n],
  ['On a golden path', row => get(row).golden],
  ['Share (0 to 1)', row => get(row).value],
];

export const TEAM_COLUMNS: Columns<AdoptionAnswer['byTeam'][number]> = [
  ['Team', row => row.owner],
  ...ofNew<AdoptionAnswer['byTeam'][number]>(row => row.share),
  ['All services today', row => row.today.n],
  ['Of them on a golden path', row => row.today.golden],
];

export const MONTH_COLUMNS: Columns<AdoptionAnswer['byMonth'][number]> = [
  ['Month', row => row.month],
  ['In part', row => (row.partial ? 'yes' : 'no')],
  ...ofNew<AdoptionAnswer['byMonth'][number]>(row => row.share),
];

export const TEMPLATE_COLUMNS: Columns<TemplateAnswer> = [
  ['Template', row => row.templateRef],
  ['Title', row => row.title],
  ['Owner', row => row.owner],
  ['Version', row => row.version],
  ['State', row => row.phase],
  ['Sunset', row => row.sunset],
  ['Successor', row => row.successor],
  ['Creations started', row => row.runs.started],
  ['Succeeded', row => row.runs.succeeded],
  ['Failed', row => row.runs.failed],
  ['Cancelled', row => row.runs.cancelled],
  ['Success (0 to 1)', row => row.success.value],
  ['Duration p50 (seconds)', row => row.times.total.p50],
  ['Duration p95 (seconds)', row => row.times.total.p95],
  ['Wait p50 (seconds)', row => row.times.wait.p50],
  ['Wait p95 (seconds)', row => row.times.wait.p95],
  [
    'Services today',
    row => row.services.reduce((sum, { count }) => sum + count, 0),
  ],
  ['Of them behind', row => row.drifting],
  ['Work saved each time (seconds)', row => row.timeSaved.perCreation],
];

export const DRIFT_COLUMNS: Columns<DriftingService> = [
  ['Service', row => row.entityRef],
  ['Title', row => row.title],
  ['Owner', row => row.owner],
  ['Template', row => row.templateRef],
  ['Made from', row => row.version],
  ['Newest', row => row.newest],
  ['Standing', row => row.standing],
  ['Versions behind', row => row.behind],
];

export const CREATION_COLUMNS: Columns<CreationFact> = [
  ['Task', row => row.taskId],
  ['Template', row => row.templateRef],
  ['Version', row => row.version],
  ['Asked for', row => when(row.queuedAt)],
  ['Started', row => when(row.startedAt)],
  ['Finished', row => when(row.finishedAt)],
  ['Outcome', row => row.outcome],
  ['Failed in', row => row.failedStep?.name],
  ['Made', row => row.entityRef],
];
