import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommand } from '../tools/runCommand';
import { buildGoTools, openToolbox } from '../tools/toolbox';
import {
  Answer,
  askConftest,
  askConftestOneByOne,
  askGator,
  askKyverno,
  askPortal,
  askSources,
  canRun,
} from './__testUtils__/engines';
import {
  bareObjects,
  objectsOfExamples,
  Question,
  spoiltObjects,
  wholeExamples,
} from './__testUtils__/questions';
import { checkout } from './__testUtils__/rules';
import { readSources } from './sources';

const LONG = 1_800_000;
const place = {
  root: checkout,
  scratch: mkdtempSync(join(tmpdir(), 'waymark-equivalence-')),
};
const policies = join(checkout, 'policies');
const { rules } = readSources(policies);
const GATEKEEPER = join(checkout, 'platform/gatekeeper');
/** Rules that a cluster is asked about. */
const atAdmission = readdirSync(join(GATEKEEPER, 'constraints')).map(file =>
  file.replace('.yaml', ''),
);

const whole = wholeExamples();
const objects = [...objectsOfExamples(), ...bareObjects(), ...spoiltObjects()];

/** Kinds that Gatekeeper asks a rule about. */
function kindsOf(rule: string): string[] {
  const file = join(GATEKEEPER, `constraints/${rule}.yaml`);
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { match: { kinds: { kinds: string[] }[] } };
  };
  return spec.match.kinds.flatMap(({ kinds }) => kinds);
}

/** As each asks: pipelines and portal know a release, a cluster one object. */
const asRelease = ({ documents }: Question) =>
  documents[0].kind === 'Facts'
    ? documents[0]
    : documents.map(contents => ({ path: 'release.yaml', contents }));
const asObject = ({ documents: [object] }: Question) => object;
const asAdmission = (question: Question) => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { operation: 'CREATE', object: asObject(question) },
});

/** Every row, a rule and a question, that two engines answer differently. */
function differences(
  questions: readonly Question[],
  asked: readonly string[],
  expected: readonly Answer[],
  answers: readonly Answer[],
): string[] {
  const say = (messages?: string[]) => messages?.join('; ') ?? 'nothing';
  return questions.flatMap(({ title }, index) =>
    asked.flatMap(rule => {
      const [one, other] = [expected, answers].map(all =>
        say(all[index][rule]),
      );
      return one === other
        ? []
        : [`${rule} × ${title}: the rule says ${one}; here: ${other}`];
    }),
  );
}

/** How an engine is asked, and about what. */
interface Engine {
  engine: string;
  program: string;
  of: 'releases' | 'objects';
  ask(questions: readonly Question[]): Promise<Answer[]>;
}

const ENGINES: Engine[] = [
  {
    engine: 'opa, of what the API server asks',
    program: 'opa',
    of: 'objects',
    ask: questions => askSources(place, questions.map(asAdmission)),
  },
  {
    engine: 'the portal',
    program: 'opa',
    of: 'releases',
    ask: questions => askPortal(place, questions),
  },
  {
    engine: 'conftest',
    program: 'conftest',
    of: 'releases',
    ask: questions => askConftest(place, questions),
  },
  {
    engine: 'conftest, of what the API server asks',
    program: 'conftest',
    of: 'objects',
    ask: questions => askConftestOneByOne(place, questions.map(asAdmission)),
  },
  {
    engine: 'gator',
    program: 'gator',
    of: 'objects',
    ask: questions => askGator(place, questions),
  },
  {
    engine: 'kyverno',
    program: 'kubectl-kyverno',
    of: 'objects',
    ask: questions => askKyverno(place, questions),
  },
];
const here = ENGINES.filter(({ program }) => canRun(program));

describe('one rule, every engine', () => {
  let ofReleases: Answer[];
  let ofObjects: Answer[];

  beforeAll(async () => {
    const programs = ['opa', 'conftest', 'gator', 'kubectl-kyverno'];
    const [failure] = await buildGoTools(checkout, programs, () => {});
    if (failure) throw new Error(failure);
    ofReleases = await askSources(place, whole.map(asRelease));
    ofObjects = await askSources(place, objects.map(asObject));
  }, LONG);

  afterAll(() => rmSync(place.scratch, { recursive: true }));

  it('has a bad example for each rule, and for each kind at admission', () => {
    const refused = (rule: string) => ofReleases.some(answer => answer[rule]);
    expect(rules.filter(rule => !refused(rule))).toEqual([]);
    const rows = atAdmission.flatMap(rule =>
      kindsOf(rule).map(kind => ({ rule, kind })),
    );
    expect(
      rows.filter(
        ({ rule, kind }) =>
          !objects.some(
            ({ documents: [object] }, index) =>
              object.kind === kind && ofObjects[index][rule],
          ),
      ),
    ).toEqual([]);
  });

  it.each(here)(
    'is the same to $engine',
    async ({ of, ask }) => {
      const [questions, expected, asked] =
        of === 'releases'
          ? [whole, ofReleases, rules]
          : [objects, ofObjects, atAdmission];
      const answers = await ask(questions);
      expect(differences(questions, asked, expected, answers)).toEqual([]);
    },
    LONG,
  );

  for (const { engine } of ENGINES.filter(one => !here.includes(one))) {
    it.todo(`is the same to ${engine}, which is not here`);
  }

  (canRun('gator') ? it : it.todo)(
    'gator finds the suite beside its constraints good',
    async () => {
      const gator = openToolbox(checkout, process.env).find('gator')!;
      const args = ['verify', `${GATEKEEPER}/...`];
      const { code, output } = await runCommand(gator, args, { cwd: checkout });
      expect([code, output]).toEqual([0, expect.stringContaining('PASS')]);
    },
    LONG,
  );

  it('leaves out at admission what needs a release, and nothing else', () => {
    const text = (rule: string) =>
      readFileSync(join(policies, rule, 'rule.rego'), 'utf8');
    expect(atAdmission).toEqual(
      rules
        .filter(rule => /^# {3}input: manifest$/m.test(text(rule)))
        .filter(rule => !text(rule).includes('manifest.is_release')),
    );
    expect(
      readdirSync(join(checkout, 'platform/kyverno/policies')).map(file =>
        file.replace('.yaml', ''),
      ),
    ).toEqual(atAdmission);
  });
});
