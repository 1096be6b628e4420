import { join } from 'node:path';
import {
  levelOf,
  Reached,
  RuleIndex,
  Score,
  scoreByTrack,
  scoreOf,
  standingRules,
  Track,
  TRACKS,
  Verdict,
} from '@waymark/backstage-plugin-compliance-common';
import {
  Bundle,
  judge,
  WasmPolicyEngine,
} from '@waymark/backstage-plugin-compliance-node';
import { buildGoTools, findOnPath, openToolbox } from '../tools/toolbox';
import { readComponents, TreeComponent } from './components';
import { TreeExemption } from './exemptions';
import { TreeReader } from './treeFacts';

/** What the rules say of a component. */
export interface CheckedComponent extends TreeComponent {
  verdicts: Verdict[];
  total: Score;
  tracks: (Score & { track: Track; level: Reached })[];
}

/** A laptop may have other things to do. */
const LIMITS = { timeoutMs: 20_000, workers: 1 };

/**
 * Judges the components of folders as the portal does, by what their files say.
 *
 * @param today - `2026-12-31`
 * @throws NotFoundError, InputError where a folder holds no component
 */
export async function checkTree(
  paths: readonly string[],
  {
    root,
    bundle,
    exemptions,
    today,
    say,
  }: {
    /** The checkout, for the platform's charts and the pinned helm. */
    root?: string;
    bundle: Bundle;
    exemptions: readonly TreeExemption[];
    today: string;
    say(text: string): void;
  },
): Promise<CheckedComponent[]> {
  const components: TreeComponent[] = [];
  for (const path of paths) components.push(...(await readComponents(path)));
  const reader = new TreeReader({
    helm: await findHelm(root, say),
    charts: root ? [join(root, 'platform/charts')] : [],
  });
  const engine = await WasmPolicyEngine.create(bundle, LIMITS);
  try {
    const checked: CheckedComponent[] = [];
    for (const component of components) {
      const { facts, errors } = await reader.read(component);
      const verdicts = judge({
        rules: bundle.index.rules,
        report: await engine.evaluate(facts, today),
        facts,
        errors,
        exemptions: exemptions.filter(
          ({ service }) => service === component.entity.metadata.name,
        ),
        today,
      });
      checked.push({
        ...component,
        verdicts,
        ...scores(verdicts, bundle.index),
      });
    }
    return checked;
  } finally {
    await engine.close();
  }
}

function scores(verdicts: readonly Verdict[], index: RuleIndex) {
  const rules = standingRules(index.rules);
  const byTrack = scoreByTrack(verdicts, rules);
  return {
    total: scoreOf(verdicts, rules),
    tracks: TRACKS.map(track => ({
      track,
      ...byTrack[track],
      level: levelOf(track, verdicts, rules),
    })),
  };
}

/** The one that is there, or else the pinned one, built. */
async function findHelm(
  root: string | undefined,
  say: (text: string) => void,
): Promise<string | undefined> {
  if (!root) return findOnPath('helm', process.env);
  const find = () => openToolbox(root, process.env).find('helm');
  const there = find();
  if (there) return there;
  for (const failure of await buildGoTools(root, ['helm'], say)) {
    say(`could not be built: ${failure}`);
  }
  return find();
}
