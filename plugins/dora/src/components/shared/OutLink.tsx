import { ReactNode } from 'react';
import { Link } from '@backstage/ui';
import { safeUrl } from './safeUrl';

/** Leads out of the portal, in a tab of its own; text where there is no address. */
export const OutLink = (props: { href?: string; children: ReactNode }) => {
  const href = safeUrl(props.href);
  return href ? (
    <Link href={href} target="_blank" rel="noopener noreferrer">
      {props.children}
    </Link>
  ) : (
    <>{props.children}</>
  );
};
