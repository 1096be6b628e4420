import { paintWith } from '../terminal/colours';
import { askForm } from './askForm';
import { Choices } from './entities';
import type { FormSchema } from './schema';

const teams = ['checkout', 'delivery', 'platform-engineering'].map(name => ({
  ref: `group:default/${name}`,
  title: name[0].toUpperCase() + name.slice(1),
}));

const page: FormSchema = {
  title: 'Service',
  required: ['name', 'owner'],
  properties: {
    name: { title: 'Name', type: 'string', pattern: '^[a-z-]+$' },
    owner: { title: 'Owner', type: 'string', 'ui:field': 'OwnerPicker' },
    memory: {
      title: 'Memory',
      type: 'string',
      enum: ['128Mi', '256Mi'],
      enumNames: ['Little', 'More'],
      default: '256Mi',
    },
    replicas: { title: 'Replicas', type: 'integer', minimum: 1 },
    plan: { title: 'Plan', type: 'array', 'ui:field': 'WhatWillBeMade' },
    key: { title: 'Key', type: 'string', 'ui:field': 'Secret' },
  },
};

/** Somebody who answers one question after the other. */
async function answered(answers: string[], given = {}, first: string[] = []) {
  const notes: string[] = [];
  const next = async () => {
    const answer = answers.shift();
    if (answer === undefined) throw new Error('asked too often');
    return answer;
  };
  const values = await askForm([page], given, {
    ask: next,
    askSecret: next,
    note: text => notes.push(text),
    paint: paintWith(false),
    choices: Object.assign(Object.create(Choices.prototype), {
      of: async () => teams,
    }),
    first,
    check: async ({ name }, value) =>
      name === 'name' && value === 'taken' ? 'taken is taken.' : undefined,
  });
  return { values, notes: notes.join(''), left: answers };
}

describe('a form at a terminal', () => {
  it('asks for what is missing, and again until it fits', async () => {
    const { values, notes, left } = await answered([
      'Not a name',
      'taken',
      'payments',
      '7',
      'elivery',
      'Little',
      '0',
      '3',
      's3cret',
    ]);
    expect(left).toEqual([]);
    expect(values).toEqual({
      name: 'payments',
      owner: 'group:default/delivery',
      memory: '128Mi',
      replicas: 3,
      key: 's3cret',
    });
    expect(notes).toContain('taken is taken.');
    expect(notes).toContain('Choose 1 to 3.');
    expect(notes).toContain('It must be >= 1.');
    expect(notes).not.toContain('Plan');
    expect(notes).not.toContain('s3cret');
  });

  it('Enter takes what stands in brackets, or leaves empty', async () => {
    const { values } = await answered(['', '', '', ''], { name: 'payments' }, [
      'group:default/checkout',
    ]);
    expect(values).toEqual({
      name: 'payments',
      owner: 'group:default/checkout',
      memory: '256Mi',
    });
  });
});
