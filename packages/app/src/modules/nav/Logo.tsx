import { LogoIcon } from '@waymark/backstage-plugin-insights-react';
import styles from './nav.module.css';

/** Cairn and name. */
export const LogoFull = () => (
  <span className={styles.full}>
    <LogoIcon />
    <span className={styles.name}>Waymark</span>
  </span>
);
