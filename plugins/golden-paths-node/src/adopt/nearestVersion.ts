import { Tree } from '../upgrade';
import { EPSILON, INFER_LIMITS, Measured, Render } from './attempt';
import { fieldsOf } from './form';
import { Measure } from './likeness';
import { PathVersion } from './paths';
import { readings } from './slots';

/** The version whose files are nearest; of those as near the newest. */
export async function nearestVersion(
  newest: Measured,
  tree: Tree,
  measure: Measure,
  render: Render,
): Promise<Measured> {
  const { path, version } = newest;
  const named = readings(version.commit, newest.made, tree)
    .map(({ value }) => value)
    .filter(value => /^[0-9a-f]{40}$/.test(value) && value !== version.commit);
  const versions: { version: PathVersion; isNamed: boolean }[] = [];
  for (const commit of named) {
    const at = await path.at(commit);
    if (at) versions.push({ version: at, isNamed: true });
  }
  const older = await path.older();
  versions.push(
    ...older
      .slice(0, INFER_LIMITS.versions)
      .map(one => ({ version: one, isNamed: false })),
  );
  let best = newest;
  for (const one of versions) {
    const answers = newest.answers.to(fieldsOf(one.version.template));
    const attempt = { ...newest, version: one.version, answers };
    const made = await render(
      one.version,
      answers.renderable(),
      newest.environment,
    );
    if (!made) continue;
    const likeness = measure.of(made);
    const more = likeness.gain - best.likeness.gain;
    if (more > EPSILON || (one.isNamed && more > -EPSILON)) {
      const note = one.isNamed
        ? `It names commit ${one.version.commit.slice(
            0,
            7,
          )}, at which the golden path was at ${one.version.version}.`
        : `Of ${1 + versions.length} versions, ${
            one.version.version
          } is the nearest.`;
      best = { ...attempt, made, likeness, notes: [note] };
    }
  }
  return best;
}
