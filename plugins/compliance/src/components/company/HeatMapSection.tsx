import { Button, Flex, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { Summary, TRACKS } from '@waymark/backstage-plugin-compliance-common';
import {
  AsyncContent,
  AsyncValue,
  downloadCsv,
  EmptyState,
  HeatMap,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { dayOf } from '../../time';
import { count, TRACK_HEADS } from '../../words';
import { useLinks } from '../shared/useLinks';
import { GroupBy, NO_GROUP, NONE } from './componentQuery';
import { heatMapCsv, scoreIn } from './heatMapCsv';

const HEADINGS: Record<GroupBy, string> = { owner: 'Team', system: 'System' };

const COLUMNS = [
  { id: 'all', label: 'All' },
  ...TRACKS.map(track => ({ id: track, label: TRACK_HEADS[track] })),
];

/** Teams or systems by track; each number leads to the components behind it. */
export const HeatMapSection = (props: {
  by: GroupBy;
  onBy: (by: GroupBy) => void;
  state: AsyncValue<Summary>;
  onRetry: () => void;
}) => {
  const { by, onBy, state, onRetry } = props;
  const links = useLinks();
  const heading = HEADINGS[by];
  const groups = state.value?.groups;
  const rows = groups?.map(group => {
    const filter = { [by]: group.ref || NONE };
    return {
      id: group.ref || NONE,
      label: group.ref ? group.title : NO_GROUP[by],
      note: count(group.components, 'component'),
      href: links.components(filter),
      cells: Object.fromEntries([
        ['all', { value: group.score, href: links.components(filter) }],
        ...TRACKS.map(track => [
          track,
          {
            value: scoreIn(group, track),
            href: links.components({ ...filter, track }),
          },
        ]),
      ]),
    };
  });

  return (
    <SectionCard
      title="By team or system"
      action={
        <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
          <ToggleButtonGroup
            aria-label="Rows"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[by]}
            onSelectionChange={keys => onBy([...keys][0] as GroupBy)}
          >
            <ToggleButton id="owner">Teams</ToggleButton>
            <ToggleButton id="system">Systems</ToggleButton>
          </ToggleButtonGroup>
          <Button
            variant="secondary"
            iconStart={<RiDownloadLine aria-hidden />}
            isDisabled={!groups?.length}
            onPress={() =>
              downloadCsv(
                `compliance-by-${heading.toLowerCase()}-${dayOf(
                  new Date(),
                )}.csv`,
                heatMapCsv(groups!, by),
              )
            }
          >
            CSV
          </Button>
        </Flex>
      }
    >
      <AsyncContent state={state} what="the scores" onRetry={onRetry}>
        {() =>
          rows?.length ? (
            <HeatMap
              key={by}
              title={`Scores of ${by === 'owner' ? 'teams' : 'systems'}`}
              rowHeading={heading}
              columns={COLUMNS}
              rows={rows}
              sortBy="all"
            />
          ) : (
            <EmptyState title="No component was checked yet" />
          )
        }
      </AsyncContent>
    </SectionCard>
  );
};
