import {
  Finding,
  Outcome,
  Reached,
  Score,
  Track,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import { storable } from '@waymark/backstage-plugin-insights-node';
import { Knex } from 'knex';
import { snapshot } from '../database/snapshot';
import {
  Change,
  ComponentScores,
  Standing,
  VerdictDiff,
  VerdictStore,
} from './VerdictStore';

interface VerdictRow {
  component_id: number;
  rule: string;
  outcome: Outcome;
  findings: Finding[];
  reason: string | null;
  exempt_until: string | null;
}

interface ScoreRow {
  track: Track | 'total';
  score: number | null;
  passed_weight: number;
  counted_weight: number;
  passed: number;
  failed: number;
  unknown: number;
  exempt: number;
  not_applicable: number;
  level: Reached | null;
}

interface ChangeRow {
  rule: string;
  from_outcome: Outcome | null;
  to_outcome: Outcome | null;
  why: Change['why'];
  at: Date;
}

/** {@link VerdictStore} in PostgreSQL. */
export class DatabaseVerdictStore implements VerdictStore {
  constructor(private readonly knex: Knex) {}

  async read(ids: readonly number[]): Promise<Map<number, Verdict[]>> {
    const rows: VerdictRow[] = await this.knex('verdicts').whereIn(
      'component_id',
      ids,
    );
    const verdicts = new Map<number, Verdict[]>(ids.map(id => [id, []]));
    for (const row of rows) {
      verdicts.get(row.component_id)!.push(toVerdict(row));
    }
    return verdicts;
  }

  async save(
    trx: Knex.Transaction,
    diffs: readonly VerdictDiff[],
    scores: readonly ComponentScores[],
  ): Promise<void> {
    const written = diffs.flatMap(({ id, written: verdicts }) =>
      verdicts.map(verdict => verdictRow(id, verdict)),
    );
    const removed = diffs.flatMap(({ id, removed: rules }) =>
      rules.map(rule => [id, rule]),
    );
    const changed = diffs.flatMap(({ id, changes }) =>
      changes.map(change => changeRow(id, change)),
    );
    if (written.length > 0) {
      await trx.raw(
        `insert into verdicts (component_id, rule, outcome, findings, reason, exempt_until, since)
         select component_id, rule, outcome, findings, reason, exempt_until, now()
         from jsonb_to_recordset(?) as rows (component_id int, rule text,
           outcome text, findings jsonb, reason text, exempt_until text)
         on conflict (component_id, rule) do update set
           outcome = excluded.outcome, findings = excluded.findings,
           reason = excluded.reason, exempt_until = excluded.exempt_until,
           since = case when verdicts.outcome = excluded.outcome
             then verdicts.since else excluded.since end`,
        [JSON.stringify(written)],
      );
    }
    if (removed.length > 0) {
      await trx('verdicts').whereIn(['component_id', 'rule'], removed).delete();
    }
    if (changed.length > 0) {
      await trx.raw(
        `insert into changes (component_id, rule, from_outcome, to_outcome, why, at)
         select component_id, rule, from_outcome, to_outcome, why, now()
         from jsonb_to_recordset(?) as rows (component_id int, rule text,
           from_outcome text, to_outcome text, why text)`,
        [JSON.stringify(changed)],
      );
    }
    await saveScores(trx, scores);
  }

  standing(
    entityRef: string,
  ): Promise<(Standing & { id: number }) | undefined> {
    return snapshot(this.knex, trx => readStanding(trx, entityRef));
  }
}

async function readStanding(
  trx: Knex.Transaction,
  entityRef: string,
): Promise<(Standing & { id: number }) | undefined> {
  const component = await trx('components')
    .where({ entity_ref: entityRef })
    .whereNull('removed_at')
    .first('id', 'evaluated_at', 'revision');
  if (!component) return undefined;
  const { id, evaluated_at: evaluatedAt, revision } = component;
  const own = { component_id: id as number };
  const verdicts = await trx<VerdictRow>('verdicts').where(own).orderBy('rule');
  const scores = await trx<ScoreRow & typeof own>('scores').where(own);
  const changes = await trx<ChangeRow & typeof own>('changes')
    .where(own)
    .whereRaw(`at > now() - interval '7 days'`)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(200);
  const byTrack = new Map(scores.map(row => [row.track, row]));
  const total = byTrack.get('total');
  return {
    id,
    ...(evaluatedAt && { evaluatedAt, revision }),
    ...(total && { total: toScore(total) }),
    tracks: TRACKS.flatMap(track => {
      const row = byTrack.get(track);
      return row ? [{ ...toScore(row), track, level: row.level! }] : [];
    }),
    verdicts: verdicts.map(toVerdict),
    changes: changes.map(toChange),
  };
}

async function saveScores(
  trx: Knex.Transaction,
  scores: readonly ComponentScores[],
): Promise<void> {
  const rows = scores.flatMap(({ id, total, tracks }) => [
    { ...scoreRow(id, total), track: 'total', level: null },
    ...tracks.map(({ track, level, ...score }) => ({
      ...scoreRow(id, score),
      track,
      level,
    })),
  ]);
  if (rows.length === 0) return;
  // What is as it was costs no write.
  await trx.raw(
    `insert into scores
     select rows.* from jsonb_populate_recordset(null::scores, ?) as rows
     left join scores on scores.component_id = rows.component_id
       and scores.track = rows.track
     where scores is distinct from rows
     on conflict (component_id, track) do update set
       score = excluded.score, passed_weight = excluded.passed_weight,
       counted_weight = excluded.counted_weight, passed = excluded.passed,
       failed = excluded.failed, unknown = excluded.unknown,
       exempt = excluded.exempt, not_applicable = excluded.not_applicable,
       level = excluded.level`,
    [JSON.stringify(rows)],
  );
}

function verdictRow(id: number, verdict: Verdict): VerdictRow {
  return {
    component_id: id,
    rule: verdict.rule,
    outcome: verdict.outcome,
    findings: verdict.findings.map(finding => ({
      ...finding,
      message: storable(finding.message),
      ...(finding.file && { file: storable(finding.file) }),
      ...(finding.value && { value: storable(finding.value) }),
    })),
    reason: verdict.reason ? storable(verdict.reason) : null,
    exempt_until: verdict.exemptUntil ?? null,
  };
}

function toVerdict(row: VerdictRow): Verdict {
  return {
    rule: row.rule,
    outcome: row.outcome,
    findings: row.findings,
    ...(row.reason && { reason: row.reason }),
    ...(row.exempt_until && { exemptUntil: row.exempt_until }),
  };
}

function scoreRow(id: number, score: Score) {
  return {
    component_id: id,
    score: score.score ?? null,
    passed_weight: score.passedWeight,
    counted_weight: score.countedWeight,
    passed: score.passed,
    failed: score.failed,
    unknown: score.unknown,
    exempt: score.exempt,
    not_applicable: score.notApplicable,
  };
}

function toScore(row: ScoreRow): Score {
  return {
    ...(row.score !== null && { score: row.score }),
    passedWeight: row.passed_weight,
    countedWeight: row.counted_weight,
    passed: row.passed,
    failed: row.failed,
    unknown: row.unknown,
    exempt: row.exempt,
    notApplicable: row.not_applicable,
  };
}

function changeRow(id: number, { rule, from, to, why }: Change) {
  return {
    component_id: id,
    rule,
    from_outcome: from ?? null,
    to_outcome: to ?? null,
    why,
  };
}

function toChange(row: ChangeRow) {
  return {
    rule: row.rule,
    ...(row.from_outcome && { from: row.from_outcome }),
    ...(row.to_outcome && { to: row.to_outcome }),
    why: row.why,
    at: row.at.toISOString(),
  };
}
