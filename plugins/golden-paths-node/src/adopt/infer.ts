import {
  ADOPTION_FLOOR,
  compareVersions,
  ScaffoldEnvironment,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Tree } from '../upgrade';
import { Answers } from './Answers';
import { Attempt, INFER_LIMITS, Measured, Render } from './attempt';
import { Component } from './component';
import { environmentIn } from './environment';
import { evidenceWords, FileEvidence, fileEvidence } from './evidence';
import { Field, fieldsOf, Value } from './form';
import { Measure, Rarity } from './likeness';
import { nearestVersion } from './nearestVersion';
import { Path, PathVersion } from './paths';
import { RepositoryView } from './RepositoryView';
import { Found, statedAnswers } from './stated';
import { tune } from './tune';

/** What is known of a repository. */
export interface InferRequest {
  tree: Tree;
  component?: Component;
  /** Who tells of the component, such as `The catalog`. */
  says: string;
  /** Answers that are told elsewhere, such as its name. */
  hints?: Readonly<Record<string, { value: Value; from: string }>>;
  /** Of the portal and its Git host. */
  environment: ScaffoldEnvironment;
  paths: readonly Path[];
  signal?: AbortSignal;
}

/** An answer to a question of the golden path, as far as it is known. */
export interface InferredAnswer {
  field: Field;
  value?: Value;
  /** How it is known, in words. */
  from: string;
  /** Whether the repository or the catalog tells it. */
  isTold: boolean;
}

/** A golden path that a repository may have come from. */
export interface Candidate {
  path: Path;
  version: PathVersion;
  /** 0..1 */
  confidence: number;
  answers: InferredAnswer[];
  inputs: Record<string, Value>;
  environment: ScaffoldEnvironment;
  /** A sentence each. */
  evidence: string[];
  files: FileEvidence[];
}

/**
 * Which golden paths a repository may have come from, the likeliest first. Each
 * is rendered and compared; nothing of the repository is run.
 */
export async function inferOrigin(request: InferRequest): Promise<Candidate[]> {
  const render = bounded(request.signal);
  const begun: Attempt[] = [];
  for (const path of request.paths.slice(0, INFER_LIMITS.paths)) {
    const attempt = await begin(path, request, render);
    if (attempt) begun.push(attempt);
  }
  const measure = new Measure(
    new RepositoryView(request.tree),
    new Rarity(begun.map(({ made }) => made)),
  );
  const measured = begun
    .map(attempt => ({ ...attempt, likeness: measure.of(attempt.made) }))
    .sort(byConfidence);
  const most = measured[0]?.likeness.confidence ?? 0;
  const candidates: Measured[] = [];
  for (const [index, attempt] of measured.entries()) {
    const isNear =
      index < INFER_LIMITS.refined &&
      attempt.likeness.confidence >= Math.max(most / 2, ADOPTION_FLOOR / 3);
    candidates.push(
      isNear ? await refine(attempt, request, measure, render) : attempt,
    );
  }
  return candidates.sort(byConfidence).map(toCandidate);
}

/** No more than so many renders, of which those that come too late are refused. */
function bounded(signal: AbortSignal | undefined): Render {
  let left = INFER_LIMITS.renders;
  return async (version, inputs, environment) => {
    signal?.throwIfAborted();
    left -= 1;
    if (left < 0 || !inputs) return undefined;
    return version.render(inputs, environment);
  };
}

async function begin(
  path: Path,
  { component, environment, hints = {}, says }: InferRequest,
  render: Render,
): Promise<Attempt | undefined> {
  const fields = fieldsOf(path.newest.template);
  const known = new Map<string, Found>(
    Object.entries(hints).map(([name, hint]) => [
      name,
      { ...hint, isTold: true },
    ]),
  );
  for (const [name, found] of statedAnswers(fields, component, says)) {
    known.set(name, found);
  }
  const answers = Answers.from(fields, known);
  const version = path.newest;
  const made = await render(version, answers.renderable(), environment);
  return made && { path, version, answers, environment, made, notes: [] };
}

async function refine(
  begun: Measured,
  { tree }: InferRequest,
  measure: Measure,
  render: Render,
): Promise<Measured> {
  const environment = environmentIn(tree, begun.made, begun.environment);
  const versioned = await nearestVersion(
    await again({ ...begun, environment }, measure, render),
    tree,
    measure,
    render,
  );
  return tune(versioned, tree, measure, render);
}

/** Rendered again, with what is known by now. */
async function again(
  attempt: Measured,
  measure: Measure,
  render: Render,
): Promise<Measured> {
  const { version, answers, environment } = attempt;
  const made = await render(version, answers.renderable(), environment);
  return made ? { ...attempt, made, likeness: measure.of(made) } : attempt;
}

function byConfidence(one: Measured, other: Measured): number {
  return other.likeness.confidence - one.likeness.confidence;
}

function toCandidate(attempt: Measured): Candidate {
  const { path, version, answers, environment, likeness, notes } = attempt;
  const isNewest = compareVersions(version.version, path.newest.version) === 0;
  return {
    path,
    version,
    confidence: Math.round(likeness.confidence * 1000) / 1000,
    answers: answers.fields.map(field => {
      const found = answers.get(field.name);
      if (found) return { field, ...found };
      const from = field.required
        ? 'not to be seen in the files: please answer it'
        : 'not answered';
      return { field, from, isTold: false };
    }),
    inputs: answers.inputs(),
    environment,
    evidence: [
      ...evidenceWords(likeness),
      ...notes,
      ...(isNewest
        ? []
        : [`The newest version of the golden path is ${path.newest.version}.`]),
    ],
    files: fileEvidence(likeness),
  };
}
