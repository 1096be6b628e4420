import {
  Place,
  placeOf,
  YamlFile,
} from '@waymark/backstage-plugin-compliance-node';
import { placeOfStep, Template } from '../goldenPath';
import { Problem } from '../problem';

/** Where a template's own name, version and commit come from. */
const ORIGIN = {
  templateRef: '${{ steps.origin.output.ref }}',
  templateVersion: '${{ steps.origin.output.version }}',
  templateCommit: '${{ steps.origin.output.commit }}',
};

/** That a template agrees with itself and names no Git host. */
export function checkTemplate(
  { metadata, spec }: Template,
  sources: readonly YamlFile[],
): Problem[] {
  const problems: Problem[] = [];
  const say = (place: Place, message: string) =>
    problems.push({ check: 'template', ...place, message });
  const version = metadata.annotations['backstage.io/template-version'];
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
    say(
      placeOf(sources, [
        'metadata',
        'annotations',
        'backstage.io/template-version',
      ]),
      'backstage.io/template-version is no version like 1.0.0',
    );
  }
  for (const { id, action, input } of spec.steps) {
    const place = placeOfStep(sources, String(id));
    const values = input.values as Record<string, unknown> | undefined;
    if (action === 'fetch:template' && values) {
      for (const [key, expression] of Object.entries(ORIGIN)) {
        if (key in values && values[key] !== expression) {
          say(place, `step ${id}: ${key} must be ${expression}`);
        }
      }
    }
    const { repoUrl } = input;
    if (
      typeof repoUrl === 'string' &&
      !repoUrl.startsWith('${{ waymark.gitHost }}?owner=${{')
    ) {
      say(place, `step ${id} types a Git host in`);
    }
  }
  return problems;
}
