import { Fragment } from 'react';
import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import styles from './OverviewLayout.module.css';

type Card = EntityContentLayoutProps['cards'][number];

const Area = (props: { className: string; cards: Card[] }) => (
  <div className={`${styles.area} ${props.className}`}>
    {props.cards.map((card, index) => (
      <Fragment key={card.element.key ?? index}>{card.element}</Fragment>
    ))}
  </div>
);

/**
 * The first card leads, also on a phone, where the stock layout would put the
 * side column before it. Nothing scrolls inside the page.
 */
export const OverviewLayout = ({ cards }: EntityContentLayoutProps) => {
  const info = cards.filter(card => card.type === 'info');
  const [lead, ...content] = cards.filter(card => card.type !== 'info');
  return (
    <>
      <div className={styles.warnings}>
        <EntitySwitch>
          <EntitySwitch.Case if={isOrphan}>
            <EntityOrphanWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasRelationWarnings}>
            <EntityRelationWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasCatalogProcessingErrors}>
            <EntityProcessingErrorsPanel />
          </EntitySwitch.Case>
        </EntitySwitch>
      </div>
      <div className={styles.root}>
        <Area className={styles.lead} cards={lead ? [lead] : []} />
        <Area className={styles.info} cards={info} />
        <Area className={styles.content} cards={content} />
      </div>
    </>
  );
};
