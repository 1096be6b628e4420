import { answersFor } from './answers';

const form = (properties: Record<string, object>, required: string[] = []) => ({
  spec: { parameters: [{ title: 'Page', properties, required }] },
});

const old = form({ name: { type: 'string' }, system: { default: 'system:a' } });

describe('answersFor', () => {
  it('keeps what was answered and takes the default of what is new', () => {
    const next = form({
      name: { type: 'string' },
      system: { default: 'system:a' },
      replicas: { type: 'integer', default: 2 },
      notes: { type: 'string' },
    });
    const recorded = { name: 'quotes', gone: true };
    expect(answersFor({ old, next }, recorded, {})).toEqual({
      inputs: { name: 'quotes', gone: true, replicas: 2 },
      added: ['replicas'],
      missing: [],
    });
    expect(
      answersFor({ old, next }, recorded, {
        given: { replicas: 3, notes: '' },
      }),
    ).toMatchObject({ inputs: { replicas: 3, notes: '' } });
  });

  it('takes what is said for many only where one has no answer', () => {
    const next = form({ tier: { type: 'string' }, name: { type: 'string' } }, [
      'tier',
    ]);
    const otherwise = { tier: 'tier-2' };
    const made = (recorded: object, given = {}) =>
      answersFor({ old, next }, { ...recorded }, { given, otherwise }).inputs;
    expect(made({ name: 'quotes' })).toEqual({ name: 'quotes', ...otherwise });
    expect(made({ tier: 'tier-1' })).toEqual({ tier: 'tier-1' });
    expect(made({}, { tier: 'tier-3' })).toEqual({ tier: 'tier-3' });
    expect(() =>
      answersFor({ old, next }, {}, { otherwise: { teir: 'low' } }),
    ).toThrow('does not ask teir');
  });

  it('says what has to be answered, and refuses what is not asked', () => {
    const next = form({ tier: { title: 'How bad?', type: 'string' } }, [
      'tier',
    ]);
    expect(answersFor({ old, next }, {}, {}).missing).toEqual([
      expect.objectContaining({ name: 'tier', title: 'How bad?' }),
    ]);
    expect(
      answersFor({ old, next }, {}, { given: { tier: 'low' } }).missing,
    ).toEqual([]);
    expect(() =>
      answersFor({ old, next }, {}, { given: { teir: 'low' } }),
    ).toThrow('does not ask teir; it asks tier');
    expect(answersFor({ old, next: { spec: {} } }, {}, {}).inputs).toEqual({});
  });
});
