import { join } from 'node:path';
import {
  AdmissionRule,
  admissionRules,
  annotationsOf,
  tableOf,
  yaml,
} from '../admission';
import { readExamples } from '../examples';
import { byGroup } from '../kubernetesKinds';
import { librariesOf, libraryFile, valueOf } from '../library';
import {
  constraintFile,
  constraintKind,
  templateFile,
} from './gatekeeperNames';
import { gatorSuite } from './gatorSuite';
import { Target, TargetContext } from './target';

/** Every rule that one object is enough for, as a template and a constraint. */
export const gatekeeper: Target = {
  folder: 'platform/gatekeeper',
  make: async context => {
    const { single, whole } = await admissionRules(context);
    const settings = (await valueOf(
      context.opa,
      'data.waymark.lib.settings',
    )) as Record<string, unknown>;
    const files = new Map<string, string>();
    for (const rule of single) {
      const chosen = Object.fromEntries(
        rule.reach.settings.map(name => [name, settings[name]]),
      );
      files.set(templateFile(rule.id), yaml(template(rule, chosen, context)));
      files.set(
        constraintFile(rule.id),
        yaml(constraint(rule, chosen, context)),
      );
    }
    const examples = readExamples(
      join(context.root, 'policies'),
      single.map(({ id }) => id),
    );
    const suite = await gatorSuite(single, examples, context.opa);
    suite.forEach((text, path) => files.set(path, text));
    files.set(
      'README.md',
      readme(
        single,
        whole.map(({ id }) => id),
      ),
    );
    return new Map([...files].map(([path, text]) => [path, Buffer.from(text)]));
  },
};

function template(
  rule: AdmissionRule,
  settings: Record<string, unknown>,
  { sources }: TargetContext,
) {
  const text = sources.read(`${rule.id}/rule.rego`);
  const kind = constraintKind(rule.id);
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: {
      name: kind.toLowerCase(),
      annotations: {
        'metadata.gatekeeper.sh/title': rule.title,
        description: rule.description,
        ...annotationsOf(rule),
      },
    },
    spec: {
      crd: {
        spec: {
          names: { kind },
          validation: { openAPIV3Schema: parametersSchema(settings) },
        },
      },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [
            {
              engine: 'Rego',
              source: {
                version: 'v1',
                rego: forGatekeeper(text) + violation(rule.id),
                libs: librariesOf(sources, [text], ['exemption']).map(name =>
                  forGatekeeper(sources.read(libraryFile(name))),
                ),
              },
            },
          ],
        },
      ],
    },
  };
}

function constraint(
  { id, title, action, reach }: AdmissionRule,
  settings: Record<string, unknown>,
  { decisions }: TargetContext,
) {
  const exemptions = decisions.exemptions.filter(({ rule }) => rule === id);
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: constraintKind(id),
    metadata: {
      name: id,
      annotations: { 'metadata.gatekeeper.sh/title': title },
    },
    spec: {
      enforcementAction: action,
      match: {
        kinds: byGroup(reach.kinds, kind => kind).map(({ group, names }) => ({
          apiGroups: [group],
          kinds: names,
        })),
      },
      parameters: {
        exemptions,
        ...(Object.keys(settings).length > 0 && { settings }),
      },
    },
  };
}

/**
 * What a template may refer to: its library under `lib`, and parameters where
 * elsewhere data is.
 */
function forGatekeeper(text: string): string {
  return text
    .slice(text.search(/^package /m))
    .replace(/^package waymark\.lib\./m, 'package lib.waymark.')
    .replaceAll('data.waymark.lib.', 'data.lib.waymark.')
    .replaceAll('data.waymark.', 'input.parameters.');
}

function violation(id: string): string {
  return `
violation contains {"msg": found.msg, "details": object.remove(found, ["msg"])} if {
	some found in deny
	not data.lib.waymark.exemption.until("${id}", found)
}
`;
}

function parametersSchema(settings: Record<string, unknown>) {
  const text = { type: 'string' };
  return {
    type: 'object',
    properties: {
      exemptions: {
        description: 'Services that the rule does not count for yet.',
        type: 'array',
        items: {
          type: 'object',
          required: ['rule', 'service', 'until'],
          properties: {
            rule: text,
            service: {
              ...text,
              description: 'Label app.kubernetes.io/name of its objects.',
            },
            until: { ...text, description: 'Last day, in UTC: 2026-12-31.' },
          },
        },
      },
      ...(Object.keys(settings).length > 0 && {
        settings: {
          description: 'What differs from company to company.',
          type: 'object',
          properties: Object.fromEntries(
            Object.entries(settings).map(([name, value]) => [
              name,
              Array.isArray(value)
                ? { type: 'array', items: text }
                : { type: typeof value },
            ]),
          ),
        },
      }),
    },
  };
}

function readme(
  rules: readonly AdmissionRule[],
  left: readonly string[],
): string {
  return `# The rules, for clusters with Gatekeeper

Made by \`./waymark policies build\` from \`policies/\`; changes belong there.

    kubectl apply --filename templates
    kubectl apply --filename constraints

${tableOf(rules)}

What is refused is decided by severity in \`policies/admission.yaml\`; a rule on trial
only warns. Exemptions come
from \`policies/exemptions.yaml\` into the parameters of the constraints, and end by
themselves.

\`tests/\` holds the examples of the rules as a suite: \`gator verify tests/suite.yaml\`.

A cluster sees one object at a time. Rules on a whole release are asked in pipelines
and in the portal only: ${left.map(id => `\`${id}\``).join(', ')}.
`;
}
