import { NavLink, useResolvedPath } from 'react-router-dom';
import {
  BreadcrumbEntry,
  PageLayoutProps,
  useBreadcrumbEntries,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import styles from './PageLayout.module.css';

/**
 * Backstage's page frame with links for sub-pages: the stock one says that they
 * are tabs, whose panels assistive technologies then look for in vain.
 */
export const PageLayout = (props: PageLayoutProps) => {
  const { title, icon, noHeader, titleLink, headerActions, tabs, children } =
    props;
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { items: breadcrumbs } = useBreadcrumbEntries();
  if (noHeader) return <>{children}</>;

  const content = (
    <>
      <PluginHeader
        title={title}
        icon={icon}
        titleLink={titleLink}
        breadcrumbs={breadcrumbs}
        customActions={headerActions}
      />
      {tabs && tabs.length > 1 && (
        <nav aria-label={title} className={styles.tabs}>
          <ul>
            {tabs.map(({ id, label, href }) => (
              <li key={id}>
                <NavLink
                  to={href.startsWith('/') ? href : `${parentPath}/${href}`}
                >
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {children}
    </>
  );
  if (!title) return content;
  return (
    <BreadcrumbEntry
      entry={{ label: title, href: titleLink ?? (parentPath || '/') }}
    >
      {content}
    </BreadcrumbEntry>
  );
};
