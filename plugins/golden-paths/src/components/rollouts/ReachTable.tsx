import { useState } from 'react';
import {
  Button,
  Cell,
  Checkbox,
  ColumnConfig,
  Table,
  useBreakpoint,
} from '@backstage/ui';
import {
  DriftItem,
  UpgradePreview,
} from '@waymark/backstage-plugin-golden-paths-common';
import { PullRequestLink } from '@waymark/backstage-plugin-insights-react';
import { dayWords, positionWords } from '../../words';
import { EntityName, EntityTitle } from '../shared/EntityName';
import { PreviewDialog } from './PreviewDialog';
import { previewWords } from './previewRolled';
import { RolloutAnswers } from './RolloutAnswers';
import shared from '../shared/shared.module.css';

const PAGE_SIZE = 25;

type Item = DriftItem & { id: string };

/** The services that a rollout reaches, and how far. */
export const ReachTable = (props: {
  items: readonly DriftItem[];
  leftOut: ReadonlySet<string>;
  onLeaveOut: (leftOut: ReadonlySet<string>) => void;
  answers: RolloutAnswers;
}) => {
  const { answers, items, leftOut, onLeaveOut } = props;
  const { up } = useBreakpoint();
  const [offset, setOffset] = useState(0);
  const [previewed, setPreviewed] = useState<string>();
  const [seen, setSeen] = useState<Record<string, UpgradePreview>>({});
  const toggle = (ref: string, isIn: boolean) => {
    const next = new Set(leftOut);
    if (isIn) next.delete(ref);
    else next.add(ref);
    onLeaveOut(next);
  };
  const name = ({ title, entityRef }: DriftItem) => title ?? entityRef;
  const columns: ColumnConfig<Item>[] = [
    {
      id: 'in',
      label: 'In',
      width: 56,
      cell: item => (
        <Cell>
          <Checkbox
            aria-label={`Upgrade ${name(item)}`}
            isSelected={!leftOut.has(item.entityRef) && !item.snooze}
            isDisabled={item.snooze !== null}
            onChange={isIn => toggle(item.entityRef, isIn)}
          />
        </Cell>
      ),
    },
    {
      id: 'service',
      label: 'Service',
      isRowHeader: true,
      cell: item => (
        <Cell>
          <EntityName
            entityRef={item.entityRef}
            {...(item.title && { title: item.title })}
          />
          <span className={shared.note}>
            {item.owner ? <EntityTitle entityRef={item.owner} /> : 'No owner'}
          </span>
        </Cell>
      ),
    },
    {
      id: 'from',
      label: 'Made from',
      isHidden: !up('md'),
      cell: item => (
        <Cell>
          {item.version}
          <span className={shared.note}>{positionWords(item)}</span>
        </Cell>
      ),
    },
    {
      id: 'reach',
      label: 'Change',
      cell: item => (
        <Cell>
          <Button
            variant="secondary"
            size="small"
            aria-label={`Preview ${name(item)}`}
            onPress={() => setPreviewed(item.entityRef)}
          >
            Preview
          </Button>
          {seen[item.entityRef] && (
            <span className={shared.note}>
              {previewWords(seen[item.entityRef])}
            </span>
          )}
          {item.snooze && (
            <span className={shared.note}>
              {`Snoozed until ${dayWords(item.snooze.until)}: ${
                item.snooze.reason
              }`}
            </span>
          )}
          {item.upgrade && (
            <span className={shared.note}>
              <PullRequestLink url={item.upgrade.pullRequestUrl} />
              {` to ${item.upgrade.to} is open`}
            </span>
          )}
        </Cell>
      ),
    },
  ];
  return (
    <div className={shared.fitted}>
      <Table
        columnConfig={columns}
        data={items
          .slice(offset, offset + PAGE_SIZE)
          .map(item => ({ ...item, id: item.entityRef }))}
        pagination={
          items.length <= PAGE_SIZE
            ? { type: 'none' }
            : {
                type: 'page',
                pageSize: PAGE_SIZE,
                pageSizeOptions: [],
                showPageSizeOptions: false,
                offset,
                totalCount: items.length,
                hasNextPage: offset + PAGE_SIZE < items.length,
                hasPreviousPage: offset > 0,
                onNextPage: () => setOffset(offset + PAGE_SIZE),
                onPreviousPage: () => setOffset(offset - PAGE_SIZE),
              }
        }
      />
      {previewed && (
        <PreviewDialog
          entityRef={previewed}
          answers={answers}
          onClose={() => setPreviewed(undefined)}
          onPreview={preview =>
            setSeen(before => ({ ...before, [preview.entityRef]: preview }))
          }
        />
      )}
    </div>
  );
};
