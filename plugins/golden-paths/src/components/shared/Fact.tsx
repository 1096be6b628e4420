import { ReactNode } from 'react';
import shared from './shared.module.css';

/** One thing that is known, of a list of such things. */
export const Fact = (props: {
  label: string;
  note?: string;
  children: ReactNode;
}) => (
  <div>
    <dt>{props.label}</dt>
    <dd>
      {props.children}
      {props.note && <span className={shared.note}>{props.note}</span>}
    </dd>
  </div>
);
