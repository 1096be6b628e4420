import { Template } from '../goldenPath';
import { Problem } from '../problem';

/** That a template agrees with itself and names no Git host. */
export function checkTemplate({ metadata, spec }: Template): Problem[] {
  const problems: Problem[] = [];
  const say = (message: string) =>
    problems.push({ check: 'template', file: 'template.yaml', message });
  const version = metadata.annotations['backstage.io/template-version'];
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
    say('backstage.io/template-version is no version like 1.0.0');
  }
  for (const { id, action, input } of spec.steps) {
    const values = input.values as Record<string, unknown> | undefined;
    if (action === 'fetch:template' && values) {
      if ('templateVersion' in values && values.templateVersion !== version) {
        say(`step ${id} says another version than ${version}`);
      }
      if (
        'templateRef' in values &&
        values.templateRef !== `template:default/${metadata.name}`
      ) {
        say(`step ${id} names another template`);
      }
    }
    const { repoUrl } = input;
    if (
      typeof repoUrl === 'string' &&
      !repoUrl.startsWith('${{ waymark.gitHost }}?owner=${{')
    ) {
      say(`step ${id} types a Git host in`);
    }
  }
  return problems;
}
