import { readAnswer, readSet, readValues } from './answers';
import {
  Field,
  fieldsOf,
  FormSchema,
  problemsOf,
  Values,
  withDefaults,
} from './schema';

const names = (page: FormSchema, values: Values) =>
  fieldsOf(page, values).map(({ name }) => name);

const field = (schema: FormSchema): Field => ({
  name: 'it',
  title: 'It',
  schema,
  required: false,
});

const store: FormSchema = {
  required: ['name'],
  properties: {
    name: {
      title: 'Name',
      type: 'string',
      pattern: '^[a-z]+$',
      errorMessage: { pattern: 'Use small letters.' },
    },
    kept: { type: 'boolean', default: true },
  },
  dependencies: {
    kept: {
      oneOf: [
        { properties: { kept: { const: false } } },
        {
          properties: {
            kept: { const: true },
            engine: { type: 'string', default: 'postgres' },
            size: { type: 'integer', maximum: 10 },
          },
          required: ['size'],
        },
      ],
    },
  },
  allOf: [
    {
      if: { properties: { engine: { const: 'other' } }, required: ['engine'] },
      then: { properties: { why: { type: 'string' } }, required: ['why'] },
    },
  ],
};

describe('a form', () => {
  it('asks what an answer brings with it, and only then', () => {
    expect(names(store, {})).toEqual(['name', 'kept']);
    expect(names(store, { kept: false })).toEqual(['name', 'kept']);
    expect(names(store, { kept: true })).toEqual([
      'name',
      'kept',
      'engine',
      'size',
    ]);
    expect(names(store, { kept: true, engine: 'other' })).toContain('why');
    expect(
      fieldsOf(store, { kept: true }).filter(({ required }) => required),
    ).toMatchObject([{ name: 'name' }, { name: 'size' }]);
  });

  it('takes what it has chosen, also what that brings', () => {
    expect(withDefaults([store], { name: 'a' })).toEqual({
      name: 'a',
      kept: true,
      engine: 'postgres',
    });
    expect(withDefaults([store], { kept: false })).toEqual({ kept: false });
  });

  it('says what is wrong in its own words, once for each answer', () => {
    const wrong = { name: 'A b', kept: true, size: 11 };
    expect(problemsOf(store, wrong)).toEqual(
      expect.arrayContaining([
        { field: 'name', title: 'Name', message: 'Use small letters.' },
      ]),
    );
    expect(problemsOf(store, {})).toEqual([
      { field: 'name', title: 'Name', message: 'An answer is needed.' },
    ]);
    expect(problemsOf(store, { name: 'a', kept: true, size: 3 })).toEqual([]);
  });
});

describe('an answer in text', () => {
  it.each<[FormSchema, string, unknown]>([
    [{ type: 'string' }, 'yes', 'yes'],
    [{ type: 'boolean' }, 'No', false],
    [{ type: 'integer' }, '3', 3],
    [{ type: 'number' }, '0.5', 0.5],
    [{ type: 'array', items: { type: 'string' } }, 'a, b', ['a', 'b']],
    [{ type: 'array' }, '[1, {a: 2}]', [1, { a: 2 }]],
    [{ type: 'object' }, 'a: 1', { a: 1 }],
    [
      { type: 'string', enum: ['s', 'l'], enumNames: ['Small', 'Large'] },
      'Large',
      'l',
    ],
    [{ type: 'integer', enum: [1, 2] }, '2', 2],
  ])('%j: %s', (schema, text, value) => {
    expect(readAnswer(field(schema), text)).toEqual(value);
  });

  it.each<[FormSchema, string]>([
    [{ type: 'boolean' }, 'maybe'],
    [{ type: 'integer' }, ''],
    [{ type: 'number' }, '1e999'],
    [{ type: 'object' }, '[1]'],
    [{ type: 'array' }, '[1'],
  ])('%j: %s is none', (schema, text) => {
    expect(() => readAnswer(field(schema), text)).toThrow('It');
  });

  it('of a flag and of a file', () => {
    const fields = [field({ type: 'integer' })];
    expect(readSet(['it=3'], fields)).toEqual({ it: 3 });
    expect(() => readSet(['its=3'], fields)).toThrow('Did you mean it?');
    expect(() => readSet(['it'], fields)).toThrow('must be KEY=VALUE');
    expect(readValues('{"it": 3}', 'a.json')).toEqual({ it: 3 });
    expect(() => readValues('- it', 'a.yaml')).toThrow('a.yaml must hold');
    expect(() => readValues('a: [', 'a.yaml')).toThrow('cannot be read');
  });
});
