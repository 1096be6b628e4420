import {
  Summary,
  Track,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { toCsv } from '@waymark/backstage-plugin-insights-react';
import { TRACK_WORDS } from '../../words';
import { GroupBy, NO_GROUP } from './componentQuery';

/** The score of the group in the track; undefined where there is no data. */
export const scoreIn = (group: Summary['groups'][number], track: Track) =>
  group.tracks.find(one => one.track === track)?.score;

/** The heat map as a table. */
export const heatMapCsv = (groups: Summary['groups'], by: GroupBy) =>
  toCsv([
    [
      by === 'owner' ? 'Team' : 'System',
      'Reference',
      'Components',
      'Score',
      'Score a week ago',
      ...TRACKS.map(track => TRACK_WORDS[track]),
      'Failing',
    ],
    ...groups.map(group => [
      group.ref ? group.title : NO_GROUP[by],
      group.ref,
      group.components,
      group.score,
      group.scoreBefore,
      ...TRACKS.map(track => scoreIn(group, track)),
      group.failed,
    ]),
  ]);
