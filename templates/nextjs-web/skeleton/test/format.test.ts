import { expect, it } from 'vitest';
import { formatInstant, formatWindow } from '@/parcels/format';

it('shows times as they are at the destination', () => {
  const at = '2026-07-14T22:30:00Z';
  expect(formatInstant(at, 'Europe/Lisbon')).toBe('Tue 14 Jul, 23:30');
  expect(formatInstant(at, 'Europe/Berlin')).toBe('Wed 15 Jul, 00:30');
});

it('says the day once where both ends share it', () => {
  const shown = formatWindow(
    '2026-11-20T13:00:00Z',
    '2026-11-20T15:00:00Z',
    'Europe/Berlin',
  );
  expect(shown.match(/Nov/g)).toHaveLength(1);
  expect(shown).toMatch(/14:00.*16:00/);
});
