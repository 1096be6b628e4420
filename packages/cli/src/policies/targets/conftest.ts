import { InputError } from '@backstage/errors';
import { Rule } from '@waymark/backstage-plugin-compliance-common';
import { librariesOf, libraryFile, valueOf } from '../library';
import { Target } from './target';

const README = `# The rules, for pipelines

Made by \`./waymark policies build\` from \`policies/\`; changes belong there. The
platform's pipeline publishes this folder as a bundle, and services' pipelines
pull it:

    helm template service chart --values chart/env/production.yaml > release.yaml
    conftest test --all-namespaces --combine --policy . --data . release.yaml

\`data.json\` holds the settings and the exemptions. What a service is exempt from
is a warning up to and with the last day, and a failure after it. A rule on trial
only warns.
`;

/** The bundle that pipelines give to conftest. */
export const conftest: Target = {
  folder: 'platform/conftest',
  make: async ({ sources, index, decisions, opa }) => {
    const { read } = sources;
    const texts = new Map(
      index.rules.map(rule => [
        `${rule.id}.rego`,
        withExemptions(rule, read(`${rule.id}/rule.rego`)),
      ]),
    );
    for (const name of librariesOf(
      sources,
      [...texts.values()],
      ['exemption'],
    )) {
      texts.set(libraryFile(name), read(libraryFile(name)));
    }
    const waymark = {
      exemptions: decisions.exemptions,
      settings: await valueOf(opa, 'data.waymark.lib.settings'),
    };
    texts.set('data.json', `${JSON.stringify({ waymark }, null, 2)}\n`);
    texts.set('README.md', README);
    return new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
  },
};

/** What a rule refuses fails, but warns where it is on trial or the service exempt. */
function withExemptions({ id, trial }: Rule, text: string): string {
  const renamed = text.replace(/^deny(?= contains )/gm, 'refused');
  if (/^(?!\s*#)[^"`]*\bdeny\b/m.test(renamed)) {
    throw new InputError(
      `policies/${id}/rule.rego: begin each part of the rule with "deny contains", ` +
        'and call nothing else deny',
    );
  }
  const refused = /^applies if /m.test(text)
    ? '\tapplies\n\tsome found in refused'
    : '\tsome found in refused';
  const until = `data.waymark.lib.exemption.until("${id}", found)`;
  const counts = trial
    ? 'warn contains object.union(found, {"msg": sprintf("%s (on trial)", [found.msg])}) if {'
    : 'deny contains found if {';
  return `${renamed}
${counts}
${refused}
	not ${until}
}

warn contains object.union(found, {"msg": sprintf("%s (exempt until %s)", [found.msg, day])}) if {
${refused}
	day := ${until}
}
`;
}
