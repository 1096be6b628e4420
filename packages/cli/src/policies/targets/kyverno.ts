import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { Rule } from '@waymark/backstage-plugin-compliance-common';
import {
  AdmissionRule,
  admissionRules,
  annotationsOf,
  tableOf,
  yaml,
} from '../admission';
import { PolicyExemption } from '../decisions';
import { byGroup, KUBERNETES_KINDS } from '../kubernetesKinds';
import { valueOf } from '../library';
import { Opa } from '../opa';
import { Target } from './target';

/** The expression of a rule: a list of texts, empty where it has nothing to say. */
export const EXPRESSION = 'kyverno.cel';

/** Where objects keep the labels of their pods. */
const TEMPLATES = [
  'object.?spec.?template',
  'object.?spec.?jobTemplate.?spec.?template',
];

/** Every rule that one object is enough for, as a policy of Kyverno. */
export const kyverno: Target = {
  folder: 'platform/kyverno',
  make: async context => {
    const { root, opa, decisions } = context;
    const { single, whole } = await admissionRules(context);
    const policies = join(root, 'policies');
    const written = single.filter(({ id }) =>
      existsSync(join(policies, id, EXPRESSION)),
    );
    const files = new Map<string, string>();
    for (const rule of written) {
      const variables = await variablesOf(rule.id, policies, opa);
      const exemptions = decisions.exemptions.filter(
        exemption => exemption.rule === rule.id,
      );
      files.set(
        `policies/${rule.id}.yaml`,
        yaml(policy(rule, variables, exemptions)),
      );
    }
    const left = single.filter(rule => !written.includes(rule));
    files.set('README.md', readme(written, [...whole, ...left]));
    return new Map([...files].map(([path, text]) => [path, Buffer.from(text)]));
  },
};

interface Variable {
  name: string;
  expression: string;
}

/** What the expression of a rule refers to, before what refers to it. */
async function variablesOf(
  rule: string,
  policies: string,
  opa: Opa,
): Promise<Variable[]> {
  const found = new Map<string, Variable>();
  const add = async (name: string, file: string) => {
    if (found.has(name)) return;
    const path = join(policies, file);
    if (!existsSync(path)) throw new InputError(`policies/${file} is missing`);
    const expression = await filledIn(readFileSync(path, 'utf8'), opa);
    for (const [, other] of expression.matchAll(/\bvariables\.(\w+)/g)) {
      await add(other, `lib/${other}.cel`);
    }
    found.set(name, { name, expression });
  };
  await add('refused', `${rule}/${EXPRESSION}`);
  const name =
    "object.kind + '/' + object.metadata.?name.orValue('without a name') + ': '";
  return [...found.values(), { name: 'name', expression: name }];
}

/** What Rego knows already is said there only. */
async function filledIn(text: string, opa: Opa): Promise<string> {
  let filled = text.replaceAll('\r\n', '\n').trim();
  for (const [reference] of text.matchAll(/\bdata\.waymark\.[\w.]*\w/g)) {
    const [, value] = /^(data(?:\.\w+){4})/.exec(reference) ?? [];
    const known = JSON.stringify(await valueOf(opa, value));
    filled = filled.replaceAll(new RegExp(`${value}\\b`, 'g'), () => known);
  }
  return filled;
}

function policy(
  rule: AdmissionRule,
  variables: Variable[],
  exemptions: readonly PolicyExemption[],
) {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: {
      name: rule.id,
      annotations: {
        'policies.kyverno.io/title': rule.title,
        'policies.kyverno.io/category': 'Waymark',
        'policies.kyverno.io/severity': rule.severity,
        'policies.kyverno.io/description': rule.description,
        ...annotationsOf(rule),
      },
    },
    spec: {
      validationActions: [validationAction(rule)],
      // It names every kind that makes pods.
      autogen: { podControllers: { controllers: [] } },
      matchConstraints: {
        resourceRules: byGroup(
          rule.reach.kinds,
          kind => KUBERNETES_KINDS[kind].resource,
        ).map(({ group, names }) => ({
          apiGroups: [group],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
          resources: names,
        })),
      },
      ...(exemptions.length > 0 && {
        matchConditions: exemptions.map(matchCondition),
      }),
      variables,
      validations: [
        {
          expression: 'size(variables.refused) == 0',
          messageExpression:
            "variables.refused.map(text, variables.name + text).join('\\n')",
        },
      ],
    },
  };
}

/** Nobody who applies a manifest is bothered with a rule on trial: reports list it. */
function validationAction({ action, trial }: AdmissionRule): string {
  if (trial) return 'Audit';
  return action === 'deny' ? 'Deny' : 'Warn';
}

/** Not for this service, up to and with the last day in UTC. */
function matchCondition({ service, until }: PolicyExemption, index: number) {
  const labels = ['object', ...TEMPLATES].map(
    at => `${at}.?metadata.?labels[?'app.kubernetes.io/name']`,
  );
  const name = labels.reduceRight((rest, label) => `${label}.or(${rest})`);
  const end = new Date(Date.parse(until) + 24 * 60 * 60 * 1000);
  return {
    name: `exempt-${index + 1}`,
    expression:
      `${name}.orValue('') != ${JSON.stringify(service)} || ` +
      `time.now() >= timestamp('${end.toISOString()}')`,
  };
}

function readme(
  rules: readonly AdmissionRule[],
  left: readonly Rule[],
): string {
  return `# The rules, for clusters with Kyverno

Made by \`./waymark policies build\` from \`policies/\`; changes belong there.
Tested with Kyverno 1.19; its ValidatingPolicy is stable since 1.17.

    kubectl apply --filename policies

${tableOf(rules)}

Kyverno runs no Rego: a rule's expression is \`policies/<id>/${EXPRESSION}\`, and
everything around it comes from \`rule.rego\`. That both say the same of every example
is tested.

What is refused is decided by severity in \`policies/admission.yaml\`; a rule on trial
is only reported. Exemptions come
from \`policies/exemptions.yaml\` into the conditions of the policies, and end by
themselves.

A cluster sees one object at a time. These are asked in pipelines and in the portal
only: ${left.map(({ id }) => `\`${id}\``).join(', ')}.
`;
}
