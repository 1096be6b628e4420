import { ReactNode } from 'react';
import { EntityLink } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import styles from './OnCallCard.module.css';

/** A catalog file has to say the whole address, also of a page in here. */
const withoutOrigin = (url: string) =>
  url.startsWith(`${window.location.origin}/`)
    ? url.slice(window.location.origin.length)
    : url;

const isExternal = (url: string) => /^[a-z]+:/i.test(url);

/** A link out of the portal opens a new tab, one inside stays. */
export const FactLink = (props: { url: string; children: ReactNode }) => {
  const url = withoutOrigin(props.url);
  return (
    <Link
      href={url}
      target={isExternal(url) ? '_blank' : undefined}
      rel="noopener noreferrer"
    >
      {props.children}
    </Link>
  );
};

/** One line of the card: a name and links or text. */
export const Fact = (props: { name: string; children: ReactNode }) => (
  <>
    <dt>{props.name}</dt>
    <dd className={styles.links}>{props.children}</dd>
  </>
);

/** One line of links; none, no line. */
export const LinksFact = (props: { name: string; links: EntityLink[] }) =>
  props.links.length > 0 ? (
    <Fact name={props.name}>
      {props.links.map(({ url, title }) => (
        <FactLink key={url} url={url}>
          {title ?? url}
        </FactLink>
      ))}
    </Fact>
  ) : null;
